package io.lanpo.policy.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.TrainingExample;
import java.util.Arrays;

/**
 * What the loss of each completion token of a batch depends on, as the script reads it: {@code [11,
 * M]}. Tokens of terms with different losses may follow each other.
 */
final class TokenLosses {
  private static final int SCALE = 0;
  private static final int ADVANTAGE = 1;
  private static final int SAMPLING = 2;
  private static final int REFERENCE = 3;
  private static final int LOWEST_RATIO = 4;
  private static final int HIGHEST_RATIO = 5;
  private static final int KL = 6;
  private static final int INVERSE_TEMPERATURE = 7;
  private static final int IS_SURROGATE = 8;
  private static final int HAS_SAMPLING = 9;
  private static final int HAS_REFERENCE = 10;
  private static final int ROWS = 11;

  private final int tokens;
  private final float[] values;
  private int next;
  private boolean unitTemperature = true;

  /**
   * @param tokens completion tokens of the batch, {@code M}
   */
  TokenLosses(int tokens) {
    this.tokens = tokens;
    this.values = new float[ROWS * tokens];
  }

  /** Adds the tokens of an example, in the order of the batch. */
  void add(TrainingExample example, Loss loss) {
    int length = example.scale().length;
    put(SCALE, example.scale());
    if (loss instanceof Loss.ClippedSurrogate surrogate) {
      put(ADVANTAGE, example.advantages());
      put(SAMPLING, example.samplingLogProbs());
      put(REFERENCE, example.referenceLogProbs());
      fill(LOWEST_RATIO, length, 1 - surrogate.clipLow());
      fill(HIGHEST_RATIO, length, 1 + surrogate.clipHigh());
      unitTemperature &= surrogate.temperature() == 1;
      fill(KL, length, surrogate.klCoefficient());
      fill(INVERSE_TEMPERATURE, length, 1 / surrogate.temperature());
      fill(IS_SURROGATE, length, 1);
      fill(HAS_SAMPLING, example.samplingLogProbs().length, 1);
      fill(HAS_REFERENCE, example.referenceLogProbs().length, 1);
    } else {
      fill(INVERSE_TEMPERATURE, length, 1);
    }
    next += length;
  }

  /** Whether every token's temperature is one. */
  boolean unitTemperature() {
    return unitTemperature;
  }

  /** {@code [11, M]}. */
  NDArray array(NDManager manager) {
    return manager.create(values, new Shape(ROWS, tokens));
  }

  private void put(int row, float[] source) {
    System.arraycopy(source, 0, values, row * tokens + next, source.length);
  }

  private void fill(int row, int length, double value) {
    int from = row * tokens + next;
    Arrays.fill(values, from, from + length, (float) value);
  }
}
