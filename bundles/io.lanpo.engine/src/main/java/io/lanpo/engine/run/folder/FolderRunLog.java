package io.lanpo.engine.run.folder;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.train.RunLog;
import io.lanpo.engine.run.file.JsonLinesReader;
import io.lanpo.engine.step.LessonLine;
import io.lanpo.engine.step.RolloutLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The logs in the folder of a run. */
final class FolderRunLog implements RunLog {
  private final RunFolder folder;
  private final RunRecord record;

  FolderRunLog(RunFolder folder) {
    this.folder = folder;
    this.record = folder.record();
    if (!Files.isRegularFile(folder.rollouts())) {
      throw new UserException(
          "the run in %s has no rollouts.jsonl".formatted(folder.path()),
          "Put the file back; what the run added to its pool is written nowhere else.");
    }
  }

  @Override
  public String run() {
    return record.id();
  }

  @Override
  public Path folder() {
    return folder.path();
  }

  @Override
  public Instant started() {
    return Instant.parse(record.started());
  }

  @Override
  public Map<String, String> settings() {
    return Map.copyOf(folder.written(record).values());
  }

  @Override
  public Replayed replay(ExperiencePool pool) {
    List<String> gaps = new ArrayList<>(folder.checkpoints().logDifferences());
    Deque<StoredLesson> lessons = lessons(gaps);
    Replay replay = new Replay(pool, lessons);
    boolean whole =
        JsonLinesReader.forEach(
            folder.rollouts(), RolloutLine.class, line -> replay.add(line.experience(run())));
    replay.endStep(Integer.MAX_VALUE);
    if (!whole) {
      gaps.add("%s breaks off in its last line, which is left out".formatted(folder.rollouts()));
    }
    return new Replayed(replay.experiences, replay.lessonCount, gaps);
  }

  /** Lessons are few and short, so that they fit into memory. */
  private Deque<StoredLesson> lessons(List<String> gaps) {
    Deque<StoredLesson> lessons = new ArrayDeque<>();
    if (!Files.exists(folder.lessons())) {
      gaps.add("%s is missing: the pool has no lessons of this run".formatted(folder.lessons()));
      return lessons;
    }
    boolean whole =
        JsonLinesReader.forEach(
            folder.lessons(), LessonLine.class, line -> lessons.add(line.stored(run())));
    if (!whole) {
      gaps.add("%s breaks off in its last line, which is left out".formatted(folder.lessons()));
    }
    return lessons;
  }

  /** Gathers a step; the pool gets its trials first, then its lessons, as from the run itself. */
  private static final class Replay {
    private final ExperiencePool pool;
    private final Deque<StoredLesson> lessons;
    private final List<Experience> step = new ArrayList<>();
    private long experiences;
    private long lessonCount;

    Replay(ExperiencePool pool, Deque<StoredLesson> lessons) {
      this.pool = pool;
      this.lessons = lessons;
    }

    void add(Experience experience) {
      if (!step.isEmpty() && step.get(0).step() != experience.step()) {
        endStep(experience.step() - 1);
      }
      step.add(experience);
    }

    /** Adds what has gathered, and the lessons up to a step. */
    void endStep(int last) {
      pool.add(List.copyOf(step));
      experiences += step.size();
      step.clear();
      List<StoredLesson> due = new ArrayList<>();
      while (!lessons.isEmpty() && lessons.element().step() <= last) {
        due.add(lessons.remove());
      }
      pool.addLessons(due);
      lessonCount += due.size();
    }
  }
}
