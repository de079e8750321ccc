package io.lanpo.pool.chronicle;

import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The experiences of one question. */
final class Attempts {
  private final List<Crowd> crowds = Stream.of(Crowd.End.values()).map(Crowd::new).toList();
  private final Question question;

  /**
   * @param question the question as it was first asked
   */
  Attempts(Question question) {
    this.question = question;
  }

  Crowd crowd(Crowd.End end) {
    return crowds.get(end.ordinal());
  }

  /** A question is tried hundreds of times; its text is kept once. */
  Question shared(Question asked) {
    return asked.equals(question) ? question : asked;
  }

  int size() {
    return crowds.stream().mapToInt(Crowd::size).sum();
  }

  /** The oldest; only when there is one. */
  ExperienceEntry oldest() {
    return occupied()
        .map(Crowd::oldest)
        .min(Comparator.comparingLong(ExperienceEntry::number))
        .orElseThrow();
  }

  /** The one that adds least to the others; only when there is one. */
  ExperienceEntry leastUseful() {
    return occupied().min(Crowd.DISPENSABLE_FIRST).orElseThrow().oldest();
  }

  private Stream<Crowd> occupied() {
    return crowds.stream().filter(c -> c.size() > 0);
  }

  /** All, oldest first. */
  List<ExperienceEntry> inOrder() {
    List<ExperienceEntry> all = new ArrayList<>(size());
    for (Crowd crowd : crowds) {
      for (ExperienceEntry e = crowd.first(); e != null; e = Objects.requireNonNull(e).after) {
        all.add(e);
      }
    }
    all.sort(Comparator.comparingLong(ExperienceEntry::number));
    return all;
  }
}
