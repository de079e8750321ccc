package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.task.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the experiences are, by id and by question; what else must be known without reading them.
 * Not thread-safe.
 */
final class ExperienceIndex {
  /** What is kept in memory of an experience. */
  record Entry(
      long number,
      String id,
      String run,
      int step,
      Question question,
      List<String> lessons,
      boolean rewarded,
      boolean better) {}

  /** In order of age. */
  private final Map<String, Entry> byId = new LinkedHashMap<>();

  private final Map<String, TreeMap<Long, Entry>> byQuestion = new HashMap<>();
  private final Map<String, Long> perRun = new HashMap<>();

  /**
   * Adds the newest experience.
   *
   * @param number its sequence number, higher than any before
   */
  Entry add(long number, Experience e) {
    TreeMap<Long, Entry> siblings =
        byQuestion.computeIfAbsent(e.question().id(), id -> new TreeMap<>());
    Experience.Outcome outcome = e.outcome();
    boolean scored = outcome.kind() == Experience.Outcome.Kind.SCORED;
    Entry entry =
        new Entry(
            number,
            e.id(),
            e.run(),
            e.step(),
            shared(siblings, e.question()),
            e.lessons(),
            scored && outcome.reward() > 0.5,
            scored && outcome.reward() > outcome.baseline());
    siblings.put(number, entry);
    byId.put(e.id(), entry);
    perRun.merge(e.run(), 1L, Long::sum);
    return entry;
  }

  /** A question is tried hundreds of times; its text is kept once. */
  private static Question shared(TreeMap<Long, Entry> siblings, Question question) {
    if (siblings.isEmpty()) {
      return question;
    }
    Question last = siblings.lastEntry().getValue().question();
    return last.equals(question) ? last : question;
  }

  void remove(Entry entry) {
    byId.remove(entry.id());
    TreeMap<Long, Entry> siblings = Objects.requireNonNull(byQuestion.get(entry.question().id()));
    siblings.remove(entry.number());
    if (siblings.isEmpty()) {
      byQuestion.remove(entry.question().id());
    }
    perRun.computeIfPresent(entry.run(), (run, n) -> n == 1 ? null : n - 1);
  }

  @Nullable Entry find(String id) {
    return byId.get(id);
  }

  /** The entry that has been here longest. */
  @Nullable Entry oldest() {
    return byId.isEmpty() ? null : byId.values().iterator().next();
  }

  /** All entries, oldest first. */
  Collection<Entry> all() {
    return byId.values();
  }

  /** The entries of a question, oldest first. */
  Collection<Entry> of(String questionId) {
    TreeMap<Long, Entry> entries = byQuestion.get(questionId);
    return entries == null ? List.of() : entries.values();
  }

  /** The questions, by the age of their oldest entry. */
  List<Question> questions() {
    return byQuestion.values().stream()
        .map(entries -> entries.firstEntry().getValue())
        .sorted(Comparator.comparingLong(Entry::number))
        .map(Entry::question)
        .toList();
  }

  int questionCount() {
    return byQuestion.size();
  }

  int size() {
    return byId.size();
  }

  Map<String, Long> perRun() {
    return perRun;
  }
}
