package io.lanpo.pool.chronicle.index;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.task.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the experiences are, by id and by problem, that is by the text of the question; what else
 * must be known without reading them; and which of them goes next when room is needed. That depends
 * on what is in the pool and on its order only, so it is the same after a restart. Adding, finding
 * and removing an entry take at most the logarithm of their number. Not thread-safe.
 */
public final class ExperienceIndex {
  private final Eviction eviction;

  /** In order of age. */
  private final Map<String, ExperienceEntry> byId = new LinkedHashMap<>();

  private final Map<String, Attempts> byText = new HashMap<>();

  /** Texts that questions of an id have: tasks number their problems alike. */
  private final Map<String, Set<String>> textsOf = new HashMap<>();

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
    Attempts attempts = byText.computeIfAbsent(question.text(), text -> new Attempts(question));
    if (attempts.ids().add(question.id())) {
      textsOf.computeIfAbsent(question.id(), id -> new HashSet<>(2)).add(question.text());
    }
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
    String text = entry.question().text();
    Attempts attempts = Objects.requireNonNull(byText.get(text));
    OutcomeGroup group = attempts.group(entry.outcome());
    groups.change(group, () -> group.remove(entry));
    if (attempts.size() == 0) {
      byText.remove(text);
      attempts.ids().forEach(id -> forget(id, text));
    }
    perRun.computeIfPresent(entry.run(), (run, n) -> n == 1 ? null : n - 1);
  }

  private void forget(String id, String text) {
    textsOf.computeIfPresent(
        id,
        (same, texts) -> {
          texts.remove(text);
          return texts.isEmpty() ? null : texts;
        });
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

  /** The entry that is evicted next among those of a problem; only when there is one. */
  public ExperienceEntry evicted(Question question) {
    Attempts attempts = Objects.requireNonNull(byText.get(question.text()));
    return switch (eviction) {
      case OLDEST -> attempts.oldest();
      case LEAST_USEFUL -> attempts.leastUseful();
    };
  }

  /** All entries, oldest first. */
  public Collection<ExperienceEntry> all() {
    return byId.values();
  }

  /** The entries of a problem, oldest first. */
  public List<ExperienceEntry> of(Question question) {
    Attempts attempts = byText.get(question.text());
    return attempts == null ? List.of() : attempts.inOrder();
  }

  /** The entries of the questions of an id, oldest first. */
  public List<ExperienceEntry> ofId(String questionId) {
    return textsOf.getOrDefault(questionId, Set.of()).stream()
        .flatMap(text -> Objects.requireNonNull(byText.get(text)).inOrder().stream())
        .filter(entry -> entry.question().id().equals(questionId))
        .sorted(Comparator.comparingLong(ExperienceEntry::number))
        .toList();
  }

  /** Number of entries of a problem. */
  public int count(Question question) {
    Attempts attempts = byText.get(question.text());
    return attempts == null ? 0 : attempts.size();
  }

  /** The problems, by the age of their oldest entry. */
  public List<Question> questions() {
    return byText.values().stream()
        .map(Attempts::oldest)
        .sorted(Comparator.comparingLong(ExperienceEntry::number))
        .map(ExperienceEntry::question)
        .toList();
  }

  public int questionCount() {
    return byText.size();
  }

  public int size() {
    return byId.size();
  }

  public Map<String, Long> perRun() {
    return perRun;
  }
}
