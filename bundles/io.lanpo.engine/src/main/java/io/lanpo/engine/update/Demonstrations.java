package io.lanpo.engine.update;

import io.lanpo.api.policy.Sequence;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Sequences to learn from by cross-entropy, in a cold start and for replay. */
public interface Demonstrations {
  /**
   * One for the cold start.
   *
   * @param progress how much of the cold start is over, from 0 (begin) to 1 (end)
   * @param random the only source of randomness
   */
  Sequence demonstrate(double progress, RandomGenerator random);

  /**
   * One for replay during reinforcement learning.
   *
   * @param random the only source of randomness
   */
  Sequence replay(RandomGenerator random);

  /** Loss weight of tokens in the cold start; 1 for every token not named. */
  Map<Integer, Float> tokenWeights();
}
