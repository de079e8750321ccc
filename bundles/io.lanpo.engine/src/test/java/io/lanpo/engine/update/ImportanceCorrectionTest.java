package io.lanpo.engine.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sequence;
import io.lanpo.engine.lesson.JudgeFilters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights of a real policy whose distance from the one that sampled is known. */
class ImportanceCorrectionTest {
  private static final List<Sequence> SEQUENCES =
      List.of(
          new Sequence(new int[] {1, 3}, new int[] {4, 5, 2}),
          new Sequence(new int[] {1}, new int[] {3, 2}));

  @Test
  void weightsAreRatiosUpToTheCap() {
    try (Policy policy = JudgeFilters.policy(List.of("a b c"), 3)) {
      List<float[]> scores = policy.logProbs(SEQUENCES, 1);
      float[] sampled = scores.get(0).clone();
      sampled[0] -= 0.5f; // the policy finds it likelier than who sampled it, e^0.5 times
      sampled[1] += 1f;
      sampled[2] -= 3f; // e^3 times, above the cap
      ImportanceCorrection.Corrected corrected =
          new ImportanceCorrection(policy, 1, 2).of(SEQUENCES, List.of(sampled, scores.get(1)));

      float[] expected = {(float) Math.exp(0.5), (float) Math.exp(-1), 2};
      assertArrayEquals(expected, corrected.weights().get(0), 1e-5f);
      assertArrayEquals(new float[] {1, 1}, corrected.weights().get(1), 1e-6f);
      assertArrayEquals(scores.get(0), corrected.logProbs().get(0), 1e-6f);
      assertEquals((0.5 + 1 + 3) / 5, corrected.figures().gap(), 1e-5);
      assertEquals(3, corrected.figures().widest(), 1e-5);
      assertEquals(0.2, corrected.figures().cappedShare(), 1e-9);
      assertEquals(
          (Math.exp(0.5) + Math.exp(-1) + 2 + 1 + 1) / 5, corrected.figures().weight(), 1e-5);
    }
  }
}
