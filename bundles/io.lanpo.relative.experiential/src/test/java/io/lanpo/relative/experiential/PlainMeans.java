package io.lanpo.relative.experiential;

import io.lanpo.api.objective.Means;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A run of an objective that asks for no probability.
 *
 * @param tokenizer of words
 */
record PlainMeans(Tokenizer tokenizer) implements Means {
  @Override
  public double temperature() {
    return 1;
  }

  @Override
  public boolean stale() {
    return false;
  }

  @Override
  public Scorer policy() {
    throw new IllegalStateException("not asked for");
  }

  @Override
  public Scorer reference() {
    throw new IllegalStateException("not asked for");
  }

  @Override
  public boolean hasDemonstrations() {
    return false;
  }

  @Override
  public Sequence demonstration(RandomGenerator random) {
    throw new IllegalStateException("none");
  }

  @Override
  public long seed(String purpose, long... position) {
    return Objects.hash(purpose, position.length);
  }
}
