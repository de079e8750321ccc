package io.lanpo.api.policy;

/**
 * A sequence to learn from. All arrays but the empty ones have the completion's length {@code T}.
 *
 * @param sequence prompt and completion; only completion tokens enter the loss
 * @param scale {@code [T]} non-negative weight of each token in the loss. The caller has already
 *     divided by the normaliser of its aggregation (tokens of the batch, length of the sequence, a
 *     constant), so that a batch split into parts gives the same gradient
 * @param advantages {@code [T]} advantage of each token; empty for {@link Loss.CrossEntropy}, and
 *     where a {@link TokenLoss} needs none
 * @param samplingLogProbs {@code [T]} log-probabilities under the policy that wrote the completion;
 *     empty when the ratio is one by definition (the current policy stands in for it, without a
 *     gradient)
 * @param referenceLogProbs {@code [T]} log-probabilities under the reference policy; empty without
 *     a KL term. A {@link TokenLoss} may take them for those of any other policy or prompt
 */
public record TrainingExample(
    Sequence sequence,
    float[] scale,
    float[] advantages,
    float[] samplingLogProbs,
    float[] referenceLogProbs) {
  private static final float[] NONE = {};

  public TrainingExample {
    int length = sequence.completion().length;
    requireLength("scale", scale, length, false);
    requireLength("advantages", advantages, length, true);
    requireLength("samplingLogProbs", samplingLogProbs, length, true);
    requireLength("referenceLogProbs", referenceLogProbs, length, true);
  }

  /** An example for {@link Loss.CrossEntropy}. */
  public static TrainingExample supervised(Sequence sequence, float[] scale) {
    return new TrainingExample(sequence, scale, NONE, NONE, NONE);
  }

  private static void requireLength(String name, float[] array, int length, boolean mayBeEmpty) {
    if (array.length != length && !(mayBeEmpty && array.length == 0)) {
      throw new IllegalArgumentException(
          "%s has %d values for %d completion tokens".formatted(name, array.length, length));
    }
  }
}
