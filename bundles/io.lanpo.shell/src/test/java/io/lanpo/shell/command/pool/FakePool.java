package io.lanpo.shell.command.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A store with one pool in memory; it notes how it was opened. */
final class FakePool implements PoolStore, ExperiencePool {
  static final Setting<Integer> CAPACITY =
      Setting.integer("capacity", 1000, 1, 1_000_000, "experiences", "size");

  static final Question TRAINS = new Question("q-trains", "two trains meet");
  static final Question APPLES = new Question("q-apples", "three apples cost");

  private final List<Experience> experiences = new ArrayList<>();
  private final List<StoredLesson> lessons = new ArrayList<>();
  final Map<String, LessonUse> uses = new HashMap<>();
  Path folder;
  Settings settings;
  boolean open;

  FakePool() {
    experience("e-100", TRAINS, 1);
    experience("e-101", TRAINS, 0);
    experience("e-200", APPLES, 1);
    lessons.add(
        new StoredLesson(
            new Lesson("l-1", Lesson.Kind.PRINCIPLE, "add the \u001b[31mspeeds", TRAINS),
            "micro-1",
            3));
  }

  void lesson(String id, Lesson.Kind kind, String text, String run) {
    lessons.add(new StoredLesson(new Lesson(id, kind, text, TRAINS), run, 4));
  }

  private void experience(String id, Question question, double reward) {
    experiences.add(
        new Experience(
            id,
            "micro-1",
            2,
            2,
            question,
            FeedbackMode.ABSTRACT,
            List.of("l-1"),
            "first line\nanswer 8",
            true,
            new Experience.Outcome(
                Experience.Outcome.Kind.SCORED, reward, reward == 1, 0.5, "8 equals 8")));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CAPACITY);
  }

  @Override
  public ExperiencePool open(Path where, Settings how) {
    folder = where;
    settings = how;
    open = true;
    return this;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public void add(List<Experience> more) {
    throw new UnsupportedOperationException("the shell only looks");
  }

  @Override
  public void addLessons(List<StoredLesson> more) {
    throw new UnsupportedOperationException("the shell only looks");
  }

  @Override
  public void rollback(String run, int lastStep) {
    throw new UnsupportedOperationException("the shell only looks");
  }

  @Override
  public Optional<Experience> experience(String id) {
    return experiences.stream().filter(e -> e.id().equals(id)).findAny();
  }

  @Override
  public Stream<Experience> experiences() {
    return experiences.stream();
  }

  @Override
  public List<Experience> attempts(String questionId) {
    return experiences.stream().filter(e -> e.question().id().equals(questionId)).toList();
  }

  @Override
  public List<StoredLesson> lessons() {
    return lessons;
  }

  @Override
  public LessonUse use(String lessonText) {
    return uses.getOrDefault(lessonText, new LessonUse(12, 9, 7));
  }

  @Override
  public List<Question> questions() {
    return List.of(APPLES, TRAINS);
  }

  @Override
  public PoolStats stats() {
    return new PoolStats(3, 1, 2, settings.get(CAPACITY), 4_200_000, Map.of("micro-1", 3L));
  }
}
