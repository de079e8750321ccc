package io.lanpo.relative.curation;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Chooses among merged lessons. A lesson is <em>unproven</em> until its help and harm come to
 * {@code trial}; then it is <em>proven</em>, or <em>retired</em> and not shown, by its usefulness.
 *
 * @param most places in a prompt
 * @param same share of common pairs of words from which two lessons say the same
 * @param trial rewards
 * @param minUsefulness least usefulness of a proven lesson
 * @param relevanceWeight weight of the relevance beside the usefulness, which has the rest
 * @param explore share of the places that unproven lessons have where there are enough proven ones
 * @param pitfalls chance that an unproven lesson is a pitfall where there are both
 */
record Curation(
    int most,
    double same,
    double trial,
    double minUsefulness,
    double relevanceWeight,
    double explore,
    double pitfalls)
    implements LessonSelector.Selection {

  @Override
  public List<Lesson> choose(
      Question question, List<LessonSelector.Candidate> relevant, long seed) {
    List<Item> items = Item.merged(relevant, same);
    RandomGenerator random = new Well19937c(seed);
    List<Lesson> proven =
        items.stream()
            .filter(item -> item.evidence() >= trial && item.usefulness() >= minUsefulness)
            .sorted(Comparator.comparingDouble(this::score).reversed())
            .map(Item::lesson)
            .toList();
    List<Lesson> unproven =
        items.stream().filter(item -> item.evidence() < trial).map(Item::lesson).toList();
    // a share of a place is a whole one by that chance
    int exploring = (int) Math.floor(explore * most + random.nextDouble());
    int safe = Math.max(0, most - Math.min(exploring, unproven.size()));
    List<Lesson> chosen = new ArrayList<>(proven.subList(0, Math.min(safe, proven.size())));
    chosen.addAll(drawn(unproven, most - chosen.size(), random));
    return chosen;
  }

  private double score(Item item) {
    return relevanceWeight * item.relevance() + (1 - relevanceWeight) * item.usefulness();
  }

  /** So many of them, one after the other: first of which kind, then which. */
  private List<Lesson> drawn(List<Lesson> unproven, int count, RandomGenerator random) {
    List<Lesson> principles = new ArrayList<>();
    List<Lesson> avoided = new ArrayList<>();
    unproven.forEach(l -> (l.kind() == Lesson.Kind.PRINCIPLE ? principles : avoided).add(l));
    List<Lesson> drawn = new ArrayList<>();
    while (drawn.size() < count && !(principles.isEmpty() && avoided.isEmpty())) {
      boolean pitfall = random.nextDouble() < pitfalls;
      List<Lesson> from =
          principles.isEmpty() || pitfall && !avoided.isEmpty() ? avoided : principles;
      drawn.add(from.remove(random.nextInt(from.size())));
    }
    return drawn;
  }
}
