package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.task.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the experiences are, by id and by question; what else must be known without reading them;
 * and which of them goes next when room is needed. That depends on what is in the pool and on its
 * order only, so it is the same after a restart. Adding, finding and removing an entry take at most
 * the logarithm of their number. Not thread-safe.
 */
public final class ExperienceIndex {
  private final Eviction eviction;

  /** In order of age. */
  private final Map<String, ExperienceEntry> byId = new LinkedHashMap<>();

  private final Map<String, Attempts> byQuestion = new HashMap<>();
  private final Map<String, Long> perRun = new HashMap<>();

  /** One copy of every run's name. */
  private final Map<String, String> runs = new HashMap<>();

  /** All groups that are not empty. */
  private final EvictionOrder<OutcomeGroup> groups;

  public ExperienceIndex(Eviction eviction) {
    this.eviction = eviction;
    this.groups = new EvictionOrder<>(eviction, OutcomeGroup.EVICTED_FIRST, g -> g.size() > 0);
  }

  /**
   * Adds the newest experience.
   *
   * @param number its sequence number, higher than any before
   */
  public ExperienceEntry add(long number, Experience e) {
    Question question = e.question();
    Attempts attempts = byQuestion.computeIfAbsent(question.id(), id -> new Attempts(question));
    String run = runs.computeIfAbsent(e.run(), name -> name);
    ExperienceEntry entry = new ExperienceEntry(number, e, run, attempts.shared(question));
    OutcomeGroup group = attempts.group(entry.outcome());
    groups.change(group, () -> group.append(entry));
    byId.put(entry.id(), entry);
    perRun.merge(run, 1L, Long::sum);
    return entry;
  }

  public void remove(ExperienceEntry entry) {
    byId.remove(entry.id());
    String question = entry.question().id();
    Attempts attempts = Objects.requireNonNull(byQuestion.get(question));
    OutcomeGroup group = attempts.group(entry.outcome());
    groups.change(group, () -> group.remove(entry));
    if (attempts.size() == 0) {
      byQuestion.remove(question);
    }
    perRun.computeIfPresent(entry.run(), (run, n) -> n == 1 ? null : n - 1);
  }

  public @Nullable ExperienceEntry find(String id) {
    return byId.get(id);
  }

  /** The entry that is evicted next; only when there is one. */
  public ExperienceEntry evicted() {
    return switch (eviction) {
      case OLDEST -> byId.values().iterator().next();
      case LEAST_USEFUL -> groups.first().oldest();
    };
  }

  /** The entry that is evicted next among those of a question; only when there is one. */
  public ExperienceEntry evicted(String questionId) {
    Attempts attempts = Objects.requireNonNull(byQuestion.get(questionId));
    return switch (eviction) {
      case OLDEST -> attempts.oldest();
      case LEAST_USEFUL -> attempts.leastUseful();
    };
  }

  /** All entries, oldest first. */
  public Collection<ExperienceEntry> all() {
    return byId.values();
  }

  /** The entries of a question, oldest first. */
  public List<ExperienceEntry> of(String questionId) {
    Attempts attempts = byQuestion.get(questionId);
    return attempts == null ? List.of() : attempts.inOrder();
  }

  /** Number of entries of a question. */
  public int count(String questionId) {
    Attempts attempts = byQuestion.get(questionId);
    return attempts == null ? 0 : attempts.size();
  }

  /** The questions, by the age of their oldest entry. */
  public List<Question> questions() {
    return byQuestion.values().stream()
        .map(Attempts::oldest)
        .sorted(Comparator.comparingLong(ExperienceEntry::number))
        .map(ExperienceEntry::question)
        .toList();
  }

  public int questionCount() {
    return byQuestion.size();
  }

  public int size() {
    return byId.size();
  }

  public Map<String, Long> perRun() {
    return perRun;
  }
}
