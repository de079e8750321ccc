package io.lanpo.libs.objective;

import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import java.util.Arrays;

/**
 * A sequence to learn from, before it is weighted. All arrays but the empty ones have the
 * completion's length {@code T}.
 *
 * @param sequence prompt and completion
 * @param advantages {@code [T]}
 * @param samplingLogProbs {@code [T]}; empty when the current policy stands in for the one that
 *     sampled it
 * @param referenceLogProbs {@code [T]}; empty without a reference
 */
public record Item(
    Sequence sequence, float[] advantages, float[] samplingLogProbs, float[] referenceLogProbs) {
  private static final float[] NONE = {};

  /** A sequence that was sampled, with one advantage for all of its tokens. */
  public static Item sampled(Sequence sequence, double advantage, float[] samplingLogProbs) {
    return new Item(
        sequence, filled(sequence.completion().length, (float) advantage), samplingLogProbs, NONE);
  }

  /** A sequence of which the current policy counts as the one that sampled it. */
  public static Item imagined(Sequence sequence, double advantage) {
    return sampled(sequence, advantage, NONE);
  }

  /** The same with log-probabilities of a reference. */
  public Item withReference(float[] scores) {
    return new Item(sequence, advantages, samplingLogProbs, scores);
  }

  /**
   * The same with importance weights.
   *
   * @param weights {@code [T]} factors on the advantages
   * @param logProbs {@code [T]} those of the policy before the update
   */
  public Item corrected(float[] weights, float[] logProbs) {
    float[] weighted = new float[weights.length];
    for (int t = 0; t < weights.length; t++) {
      weighted[t] = weights[t] * advantages[t];
    }
    return new Item(sequence, weighted, logProbs, referenceLogProbs);
  }

  /** To learn from, with one weight for all tokens. */
  public TrainingExample weighted(double scale) {
    return new TrainingExample(
        sequence,
        filled(sequence.completion().length, (float) scale),
        advantages,
        samplingLogProbs,
        referenceLogProbs);
  }

  static float[] filled(int length, float value) {
    float[] array = new float[length];
    Arrays.fill(array, value);
    return array;
  }
}
