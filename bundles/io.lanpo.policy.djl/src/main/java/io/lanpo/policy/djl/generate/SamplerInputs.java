package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.policy.Sampling;
import java.util.List;

/** How each sequence of a batch is sampled, as the script reads it. */
final class SamplerInputs {
  private static final int COLUMNS = 5;

  /** Above every sum of probabilities: nothing is cut. */
  private static final float NO_TOP_P = 2;

  private SamplerInputs() {}

  /** 0 when nothing but the temperature shapes the distributions, otherwise 1. */
  static long mode(List<DecodingSequence> sequences) {
    return sequences.stream().map(s -> s.request().sampling()).allMatch(SamplerInputs::plain)
        ? 0
        : 1;
  }

  private static boolean plain(Sampling sampling) {
    return sampling.temperature() > 0
        && sampling.topK() == 0
        && sampling.topP() == 1
        && sampling.minP() == 0;
  }

  /** {@code [B, 5]}: 1/temperature (1 when greedy), top-k, top-p, min-p, 1 when greedy. */
  static NDArray of(List<DecodingSequence> sequences, int tokens, NDManager manager) {
    float[] values = new float[sequences.size() * COLUMNS];
    int at = 0;
    for (DecodingSequence sequence : sequences) {
      Sampling sampling = sequence.request().sampling();
      boolean greedy = sampling.temperature() == 0;
      values[at++] = greedy ? 1 : (float) (1 / sampling.temperature());
      values[at++] = sampling.topK() == 0 ? tokens : Math.min(tokens, sampling.topK());
      values[at++] = sampling.topP() == 1 ? NO_TOP_P : (float) sampling.topP();
      values[at++] = (float) sampling.minP();
      values[at++] = greedy ? 1 : 0;
    }
    return manager.create(values, new Shape(sequences.size(), COLUMNS));
  }
}
