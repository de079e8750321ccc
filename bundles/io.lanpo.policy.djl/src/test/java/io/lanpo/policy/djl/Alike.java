package io.lanpo.policy.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import java.util.Arrays;
import java.util.List;

/**
 * Compares completions of the same requests that were computed in other batches. Their
 * log-probabilities differ by rounding, and rounding decides a token where a random number falls on
 * the border between two, or where two are equally probable: from there on the completions differ.
 * That happens to hardly any, and the two tokens are then neighbours, in the order in which
 * sampling adds them up or in probability.
 */
final class Alike {
  /** Rounding of log-probabilities in single precision, as everywhere in these tests. */
  static final float ROUNDING = 1e-5f;

  private final List<GenerationRequest> requests;
  private int compared;
  private int different;

  Alike(List<GenerationRequest> requests) {
    this.requests = requests;
  }

  void compare(List<List<Completion>> expected, List<List<Completion>> actual) {
    assertEquals(requests.size(), expected.size());
    assertEquals(requests.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(requests.get(i).completions(), expected.get(i).size());
      assertEquals(requests.get(i).completions(), actual.get(i).size());
      boolean greedy = requests.get(i).sampling().temperature() == 0;
      for (int j = 0; j < expected.get(i).size(); j++) {
        compare(expected.get(i).get(j), actual.get(i).get(j), greedy);
      }
    }
  }

  private void compare(Completion one, Completion other, boolean greedy) {
    compared++;
    int at = Arrays.mismatch(one.tokens(), other.tokens());
    int same = at < 0 ? one.tokens().length : at;
    assertArrayEquals(
        Arrays.copyOf(one.logProbs(), same), Arrays.copyOf(other.logProbs(), same), ROUNDING);
    if (at < 0) {
      assertEquals(one.finished(), other.finished());
      return;
    }
    different++;
    assertTrue(at < one.tokens().length && at < other.tokens().length, "one is longer");
    if (greedy) {
      assertEquals(one.logProbs()[at], other.logProbs()[at], 2 * ROUNDING);
    } else {
      assertEquals(1, Math.abs(one.tokens()[at] - other.tokens()[at]), "tokens " + at);
    }
  }

  /** The random numbers are the same; without that most completions would differ. */
  void assertHardlyAnyDiffer() {
    assertTrue(different <= 1 + compared / 50, "%d of %d differ".formatted(different, compared));
  }
}
