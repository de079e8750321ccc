package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.network.MatmulKind;
import io.lanpo.policy.djl.network.Network;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What runs with precision = bf16, as on a GPU and by oneDNN: the same as in single precision up to
 * rounding.
 */
class HalfPrecisionTest {
  /** A few roundings to eight bits. */
  private static final float ROUNDING = .06f;

  static List<Arguments> kinds() {
    return TinyDecoders.withHalfPrecision();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void scoresAndGradientsAreNearThoseInSinglePrecision(DecoderShape shape, MatmulKind kind) {
    try (Network half = TinyDecoders.halfNetwork(shape, 4, kind);
        Network single = TinyDecoders.plainNetwork(shape, 4)) {
      assertNear(half, single, TinyDecoders.sequences(), 60);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void scoresAndGradientsBehindACommonPrefixAreNearThoseInSinglePrecision(
      DecoderShape shape, MatmulKind kind) {
    try (Network half = TinyDecoders.halfNetwork(shape, 4, kind);
        Network single = TinyDecoders.plainNetwork(shape, 4)) {
      assertNear(half, single, TinyDecoders.familySequences(), 4096);
    }
  }

  private static void assertNear(
      Network half, Network single, List<Sequence> sequences, int budget) {
    List<float[]> rounded =
        new LogProbScorer(half, TinyDecoders.ALONE, budget).logProbs(sequences, 1);
    List<float[]> exact =
        new LogProbScorer(single, TinyDecoders.ALONE, budget).logProbs(sequences, 1);
    for (int i = 0; i < exact.size(); i++) {
      assertArrayEquals(exact.get(i), rounded.get(i), ROUNDING);
    }
    assertFalse(Arrays.equals(exact.get(0), rounded.get(0)), "nothing was rounded");
    assertTrue(
        cosine(gradient(half, sequences, budget), gradient(single, sequences, budget)) > .99);
  }

  private static float[] gradient(Network network, List<Sequence> sequences, int budget) {
    Trainer trainer =
        new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), budget, false);
    trainer.gradient(List.of(TinyDecoders.supervised(sequences)));
    return trainer.gradient().toFloatArray();
  }

  /** A family of prompts is decoded as in an update it is read. */
  @ParameterizedTest
  @MethodSource("kinds")
  void completionsBehindACommonPrefixHaveTheLogProbsOfTheScorer(
      DecoderShape shape, MatmulKind kind) {
    try (Network half = TinyDecoders.halfNetwork(shape, 4, kind)) {
      List<GenerationRequest> requests =
          TinyDecoders.families().stream()
              .map(prompt -> new GenerationRequest(prompt, 2, Sampling.at(1, 9), prompt.length))
              .toList();
      List<List<Completion>> written =
          new Generator(half, TinyDecoders.ALONE, 9, 64, TinyDecoders.END).generate(requests);
      for (int i = 0; i < requests.size(); i++) {
        for (Completion c : written.get(i)) {
          Sequence sequence = new Sequence(requests.get(i).prompt(), c.tokens());
          float[] scored =
              new LogProbScorer(half, TinyDecoders.ALONE, 64).logProbs(List.of(sequence), 1).get(0);
          assertArrayEquals(scored, c.logProbs(), ROUNDING);
        }
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void completionsFollowTheWeightsAsTheyChange(DecoderShape shape, MatmulKind kind) {
    try (Network half = TinyDecoders.halfNetwork(shape, 4, kind)) {
      int[] prompt = TinyDecoders.tokens(9, 2);
      Trainer trainer = new Trainer(half, TinyDecoders.ALONE, new OptimizerState(half), 60, false);
      for (int turn = 0; turn < 2; turn++) {
        GenerationRequest request = new GenerationRequest(prompt, 5, Sampling.at(1, 9), turn);
        for (Completion c :
            new Generator(half, TinyDecoders.ALONE, 8, 64, TinyDecoders.END)
                .generate(List.of(request))
                .get(0)) {
          Sequence written = new Sequence(prompt, c.tokens());
          float[] scored =
              new LogProbScorer(half, TinyDecoders.ALONE, 64).logProbs(List.of(written), 1).get(0);
          assertArrayEquals(scored, c.logProbs(), ROUNDING);
        }
        trainer.update(List.of(TinyDecoders.supervised()), new AdamW(.02, .9, .95, 1e-8, 0, 1));
      }
    }
  }
}
