package io.lanpo.engine.update;

import io.lanpo.api.objective.Means;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The means of a run during one call of its objective. The policies are asked by the thread that
 * waits for the objective, and not after that.
 *
 * @param means the run's
 * @param desk of the call
 */
record AttendedMeans(Means means, AttendedCalls.Desk desk) implements Means {
  @Override
  public Tokenizer tokenizer() {
    return means.tokenizer();
  }

  @Override
  public double temperature() {
    return means.temperature();
  }

  @Override
  public boolean stale() {
    return means.stale();
  }

  @Override
  public Scorer policy() {
    return attended(means.policy());
  }

  @Override
  public Scorer reference() {
    return attended(means.reference());
  }

  private Scorer attended(Scorer scorer) {
    return (sequences, temperature) -> {
      List<Sequence> asked = List.copyOf(sequences);
      return desk.ask(() -> scorer.logProbs(asked, temperature));
    };
  }

  @Override
  public boolean hasDemonstrations() {
    return means.hasDemonstrations();
  }

  @Override
  public Sequence demonstration(RandomGenerator random) {
    return means.demonstration(random);
  }

  @Override
  public long seed(String purpose, long... position) {
    return means.seed(purpose, position);
  }
}
