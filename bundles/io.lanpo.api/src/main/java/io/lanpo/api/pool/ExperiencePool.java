package io.lanpo.api.pool;

import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An opened pool of trials and lessons. What {@code add} has returned from survives a crash of the
 * process. When the pool is full, entries make room, which ones is a setting of the store; adding
 * never fails for want of capacity.
 *
 * <p>Order is the order of adding, everywhere. Safe for use by several threads.
 */
@ConsumerType
public interface ExperiencePool extends AutoCloseable {
  /** Stores trials. An id that is already there is left as it is. */
  void add(List<Experience> experiences);

  /** Stores lessons. An id that is already there is left as it is. */
  void addLessons(List<StoredLesson> lessons);

  /** The trial of this id. */
  Optional<Experience> experience(String id);

  /** All trials, oldest first. */
  Stream<Experience> experiences();

  /**
   * The trials at the questions of this id, oldest first. Questions of several tasks may have it;
   * {@link #attempts(Question)} tells them apart.
   */
  List<Experience> attempts(String questionId);

  /**
   * The trials at a problem, oldest first, whatever its id was.
   *
   * @return by default those at the question of its id, if they are at the same problem
   */
  default List<Experience> attempts(Question question) {
    return attempts(question.id()).stream()
        .filter(trial -> trial.question().sameProblem(question))
        .toList();
  }

  /** All lessons, oldest first. */
  List<StoredLesson> lessons();

  /** How lessons of this wording have served; zeros when none was shown. */
  LessonUse use(String lessonText);

  /** The distinct problems of the trials, by first appearance. */
  List<Question> questions();

  /**
   * Removes what a run added after a step, so that the run can be resumed from there.
   *
   * @param run the run
   * @param lastStep the last step to keep
   */
  void rollback(String run, int lastStep);

  /** The pool at a glance. */
  PoolStats stats();

  /** Flushes and frees the files. */
  @Override
  void close();
}
