package io.lanpo.policy.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import java.util.Arrays;
import java.util.List;

/**
 * What the loss of each completion token of a batch depends on, as the script reads it: {@code [11,
 * M]}, with more rows where a token's loss asks for them. Tokens of terms with different losses may
 * follow each other.
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

  private static final int DUAL_CLIP = 11;
  private static final int IS_WEIGHTED = 12;
  private static final int ESTIMATOR = 13;
  private static final int VARIANT_ROWS = 14;

  private static final int ENTROPY = 14;
  private static final int ENTROPY_ROWS = 15;

  private final int tokens;
  private final int rows;
  private final float[] values;
  private int next;
  private boolean unitTemperature = true;

  /**
   * @param items the examples in the order of the batch
   */
  TokenLosses(List<Item> items) {
    tokens = items.stream().mapToInt(Item::length).sum();
    rows = items.stream().mapToInt(item -> rows(item.loss())).max().orElse(ROWS);
    values = new float[rows * tokens];
    items.forEach(this::add);
  }

  /** What is not asked for is not computed. */
  private static int rows(Loss loss) {
    if (!(loss instanceof Loss.ClippedSurrogate surrogate) || surrogate.plain()) {
      return ROWS;
    }
    return surrogate.entropyCoefficient() > 0 ? ENTROPY_ROWS : VARIANT_ROWS;
  }

  private void add(Item item) {
    TrainingExample example = item.example();
    int length = item.length();
    if (item.loss() instanceof Loss.ClippedSurrogate surrogate) {
      put(SCALE, example.scale());
      put(ADVANTAGE, example.advantages());
      known(example);
      fill(LOWEST_RATIO, length, 1 - surrogate.clipLow());
      fill(HIGHEST_RATIO, length, 1 + surrogate.clipHigh());
      temperature(length, surrogate.temperature());
      fill(KL, length, surrogate.klCoefficient());
      fill(IS_SURROGATE, length, 1);
      if (rows > ROWS) {
        fill(DUAL_CLIP, length, surrogate.dualClip());
        fill(IS_WEIGHTED, length, surrogate.form() == Loss.SurrogateForm.CISPO ? 1 : 0);
        fill(ESTIMATOR, length, 1 + surrogate.klEstimator().ordinal());
      }
      if (rows > VARIANT_ROWS) {
        fill(ENTROPY, length, surrogate.entropyCoefficient());
      }
    } else if (item.loss() instanceof Loss.Custom custom && item.outcome() != null) {
      put(SCALE, weights(item.outcome()));
      known(example);
      temperature(length, custom.temperature());
    } else {
      put(SCALE, example.scale());
      temperature(length, 1);
    }
    next += length;
  }

  /** Cross-entropy with these has the slopes that are asked for. */
  private static float[] weights(TokenLoss.Outcome outcome) {
    float[] weights = outcome.slopes().clone();
    for (int t = 0; t < weights.length; t++) {
      weights[t] = -weights[t];
    }
    return weights;
  }

  private void known(TrainingExample example) {
    put(SAMPLING, example.samplingLogProbs());
    put(REFERENCE, example.referenceLogProbs());
    fill(HAS_SAMPLING, example.samplingLogProbs().length, 1);
    fill(HAS_REFERENCE, example.referenceLogProbs().length, 1);
  }

  private void temperature(int length, double temperature) {
    unitTemperature &= temperature == 1;
    fill(INVERSE_TEMPERATURE, length, 1 / temperature);
  }

  /** Whether every token's temperature is one. */
  boolean unitTemperature() {
    return unitTemperature;
  }

  /** {@code [11, M]} or more rows. */
  NDArray array(NDManager manager) {
    return manager.create(values, new Shape(rows, tokens));
  }

  private void put(int row, float[] source) {
    System.arraycopy(source, 0, values, row * tokens + next, source.length);
  }

  private void fill(int row, int length, double value) {
    int from = row * tokens + next;
    Arrays.fill(values, from, from + length, (float) value);
  }
}
