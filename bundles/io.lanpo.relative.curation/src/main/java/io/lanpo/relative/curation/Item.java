package io.lanpo.relative.curation;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lessons that say the same, as one.
 *
 * @param lesson the most relevant of them, of equally relevant ones the oldest
 * @param relevance of that lesson
 * @param help rewards above the mean of their groups, summed over completions that saw any of the
 *     wordings
 * @param harm rewards below it, summed likewise
 */
record Item(Lesson lesson, double relevance, double help, double harm) {
  /** How much is known of it, in rewards. */
  double evidence() {
    return help + harm;
  }

  /** The chance that it helps: (1 + help) / (2 + help + harm), Laplace's rule of succession. */
  double usefulness() {
    return (1 + help) / (2 + help + harm);
  }

  /**
   * Merges. A lesson joins the first one before it that says the same.
   *
   * @param relevant the oldest first
   * @param same share of common pairs of words from which two say the same
   */
  static List<Item> merged(List<Candidate> relevant, double same) {
    List<Merging> all = new ArrayList<>();
    Map<Lesson.Kind, Map<String, Merging>> byText = new HashMap<>();
    for (Candidate candidate : relevant) {
      Lesson lesson = candidate.lesson();
      byText
          .computeIfAbsent(lesson.kind(), kind -> new HashMap<>())
          .computeIfAbsent(lesson.text(), text -> place(all, candidate, same))
          .add(candidate);
    }
    return all.stream().map(Merging::item).toList();
  }

  private static Merging place(List<Merging> all, Candidate candidate, double same) {
    Wording wording = Wording.of(candidate.lesson());
    return all.stream()
        .filter(merging -> merging.wording.says(wording, same))
        .findFirst()
        .orElseGet(
            () -> {
              Merging fresh = new Merging(wording, candidate);
              all.add(fresh);
              return fresh;
            });
  }

  private static final class Merging {
    private final Wording wording;
    private final Set<String> texts = new HashSet<>();
    private Candidate best;
    private double help;
    private double harm;

    Merging(Wording wording, Candidate first) {
      this.wording = wording;
      this.best = first;
    }

    /** Counts each text once: its sums are the same in all lessons that have it. */
    void add(Candidate candidate) {
      if (texts.add(candidate.lesson().text())) {
        help += candidate.gain();
        harm += candidate.loss();
      }
      if (candidate.relevance() > best.relevance()) {
        best = candidate;
      }
    }

    Item item() {
      return new Item(best.lesson(), best.relevance(), help, harm);
    }
  }
}
