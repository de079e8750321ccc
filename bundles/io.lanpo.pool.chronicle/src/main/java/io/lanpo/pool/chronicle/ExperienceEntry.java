package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.task.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of an experience. No two are equal. */
final class ExperienceEntry {
  private final long number;
  private final String id;
  private final String run;
  private final int step;
  private final Question question;
  private final List<String> lessons;
  private final boolean accepted;
  private final boolean better;
  private final Crowd crowd;

  /** Neighbours in the crowd; its affair. */
  @Nullable ExperienceEntry before;

  @Nullable ExperienceEntry after;

  /**
   * @param number its sequence number
   * @param run the run's name, as other entries have it
   * @param question the question, as other entries have it
   */
  ExperienceEntry(long number, Experience e, String run, Question question, Crowd crowd) {
    Experience.Outcome outcome = e.outcome();
    boolean scored = outcome.kind() == Experience.Outcome.Kind.SCORED;
    this.number = number;
    this.id = e.id();
    this.run = run;
    this.step = e.step();
    this.question = question;
    this.lessons = e.lessons();
    this.accepted = outcome.accepted();
    this.better = scored && outcome.reward() > outcome.baseline();
    this.crowd = crowd;
  }

  long number() {
    return number;
  }

  String id() {
    return id;
  }

  String run() {
    return run;
  }

  int step() {
    return step;
  }

  Question question() {
    return question;
  }

  List<String> lessons() {
    return lessons;
  }

  boolean accepted() {
    return accepted;
  }

  boolean better() {
    return better;
  }

  Crowd crowd() {
    return crowd;
  }
}
