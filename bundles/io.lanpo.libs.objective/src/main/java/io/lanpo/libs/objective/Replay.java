package io.lanpo.libs.objective;

import io.lanpo.api.objective.Means;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Demonstrations of the cold start beside what is learned, which keep its skills alive.
 *
 * @param demonstrations fresh ones for each step, divided among its updates
 * @param weight of their cross-entropy, a mean over their tokens, in an update
 */
public record Replay(int demonstrations, double weight) {
  /** Whether there is any. */
  public boolean active() {
    return demonstrations > 0 && weight > 0;
  }

  /**
   * The term of an update; empty when it has no demonstrations.
   *
   * @param update which update of the step, from 0
   * @param updates how many the step has
   * @param seed fixes which demonstrations are drawn
   */
  public Optional<LossTerm> term(int update, int updates, long seed, Means means) {
    int count = of(update, updates);
    if (!active() || count == 0 || !means.hasDemonstrations()) {
      return Optional.empty();
    }
    RandomGenerator random = new Well19937c(seed)::nextLong;
    List<Sequence> sequences = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sequences.add(means.demonstration(random));
    }
    int tokens = sequences.stream().mapToInt(s -> s.completion().length).sum();
    float scale = (float) (weight / tokens);
    return Optional.of(
        new LossTerm(
            "replay",
            new Loss.CrossEntropy(),
            sequences.stream()
                .map(s -> TrainingExample.supervised(s, Item.filled(s.completion().length, scale)))
                .toList()));
  }

  /** How many of a step's demonstrations an update has; over all updates they are all. */
  private int of(int update, int updates) {
    long all = demonstrations;
    return (int) (all * (update + 1) / updates - all * update / updates);
  }
}
