package io.lanpo.pool.chronicle.index;

import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The experiences of one problem. */
final class Attempts {
  private final List<OutcomeGroup> groups =
      Stream.of(AttemptOutcome.values()).map(OutcomeGroup::new).toList();
  private final Question question;
  private final Set<String> ids = new HashSet<>(2);

  /**
   * @param question the question as it was first asked
   */
  Attempts(Question question) {
    this.question = question;
  }

  /** The ids that its question had. */
  Set<String> ids() {
    return ids;
  }

  OutcomeGroup group(AttemptOutcome outcome) {
    return groups.get(outcome.ordinal());
  }

  /** A question is tried hundreds of times; its text is kept once. */
  Question shared(Question asked) {
    return asked.equals(question) ? question : asked;
  }

  int size() {
    return groups.stream().mapToInt(OutcomeGroup::size).sum();
  }

  /** The oldest; only when there is one. */
  ExperienceEntry oldest() {
    return occupied()
        .map(OutcomeGroup::oldest)
        .min(Comparator.comparingLong(ExperienceEntry::number))
        .orElseThrow();
  }

  /** The one that adds least to the others; only when there is one. */
  ExperienceEntry leastUseful() {
    return occupied().min(OutcomeGroup.EVICTED_FIRST).orElseThrow().oldest();
  }

  private Stream<OutcomeGroup> occupied() {
    return groups.stream().filter(g -> g.size() > 0);
  }

  /** All, oldest first. */
  List<ExperienceEntry> inOrder() {
    List<ExperienceEntry> all = new ArrayList<>(size());
    for (OutcomeGroup group : groups) {
      for (ExperienceEntry e = group.first(); e != null; e = Objects.requireNonNull(e).after) {
        all.add(e);
      }
    }
    all.sort(Comparator.comparingLong(ExperienceEntry::number));
    return all;
  }
}
