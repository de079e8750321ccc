package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.network.Network;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AdamW with moments in bf16. */
class HalfMomentsTest {
  /** Steps that leave the weights, and so the gradient, as they are; a moment moves by 1/1000. */
  private static final AdamW SLOW = new AdamW(1e-12, .999, .999, 1e-8, 0, 1e9);

  private static final int STEPS = 400;

  private static float[] moments(Network network, NDArray moment) {
    return network.load(moment, 0, (int) network.trainable().size());
  }

  /** A gradient of zero. */
  private static LossTerm nothing() {
    Sequence sequence = TinyDecoders.sequences().get(0);
    float[] scale = new float[sequence.completion().length];
    return new LossTerm(
        "nothing", new Loss.CrossEntropy(), List.of(TrainingExample.supervised(sequence, scale)));
  }

  /** Rounded to the nearest, a moment would stop where a step is below half of its last bit. */
  @Tag("full")
  @Test
  void slowMomentsGrowAndFadeAsInSinglePrecision() {
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 1)) {
      OptimizerState single = new OptimizerState(network);
      OptimizerState half = new OptimizerState(network, true);
      Trainer exact = new Trainer(network, TinyDecoders.ALONE, single, 4096, false);
      Trainer rounding = new Trainer(network, TinyDecoders.ALONE, half, 4096, false);
      for (List<LossTerm> terms : List.of(List.of(TinyDecoders.supervised()), List.of(nothing()))) {
        for (int i = 0; i < STEPS; i++) {
          exact.update(terms, SLOW);
          rounding.update(terms, SLOW);
        }
        assertNear(moments(network, single.firstMoment()), moments(network, half.firstMoment()));
        assertNear(moments(network, single.secondMoment()), moments(network, half.secondMoment()));
      }
      assertEquals(2 * STEPS, half.stepCount());
    }
  }

  private static void assertNear(float[] expected, float[] found) {
    double sum = 0;
    double sums = 0;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], .04 * Math.abs(expected[i]), "moment " + i);
      sum += Math.abs(found[i]);
      sums += Math.abs(expected[i]);
    }
    assertEquals(sums, sum, .01 * sums);
  }

  @Test
  void theLossFalls() {
    try (Network network = TinyDecoders.recomputingNetwork(TinyDecoders.llama(), 6)) {
      OptimizerState state = new OptimizerState(network, true);
      Trainer trainer = new Trainer(network, TinyDecoders.ALONE, state, 60, false);
      AdamW optimizer = new AdamW(1e-2, .9, .999, 1e-8, .01, 1);
      double first = 0;
      double last = 0;
      for (int i = 0; i < 40; i++) {
        last =
            trainer.update(List.of(TinyDecoders.supervised()), optimizer).terms().get("sft").loss();
        first = i == 0 ? last : first;
      }
      assertTrue(last < first / 3, first + " to " + last);
    }
  }
}
