package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.task.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of an experience. No two are equal. */
public final class ExperienceEntry {
  private final long number;
  private final String id;
  private final String run;
  private final int step;
  private final Question question;
  private final List<String> lessons;
  private final LessonUse use;
  private final AttemptOutcome outcome;

  /** Neighbours among the attempts that ended alike; set by the list that links them. */
  @Nullable ExperienceEntry before;

  @Nullable ExperienceEntry after;

  /**
   * @param number its sequence number
   * @param run the run's name, as other entries have it
   * @param question the question, as other entries have it
   */
  ExperienceEntry(long number, Experience e, String run, Question question) {
    this.number = number;
    this.id = e.id();
    this.run = run;
    this.step = e.step();
    this.question = question;
    this.lessons = e.lessons();
    // only what was shown a lesson is asked how it served
    this.use = e.lessons().isEmpty() ? LessonUse.NONE : LessonUse.of(e.outcome());
    this.outcome = AttemptOutcome.of(e);
  }

  public long number() {
    return number;
  }

  public String id() {
    return id;
  }

  public String run() {
    return run;
  }

  public int step() {
    return step;
  }

  Question question() {
    return question;
  }

  List<String> lessons() {
    return lessons;
  }

  /** What it counts for the lessons that it was shown. */
  LessonUse use() {
    return use;
  }

  AttemptOutcome outcome() {
    return outcome;
  }
}
