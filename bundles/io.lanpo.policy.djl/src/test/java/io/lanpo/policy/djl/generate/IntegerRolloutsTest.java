package io.lanpo.policy.djl.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.network.IntegerPrecision;
import io.lanpo.policy.djl.network.MatmulKind;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Completions decoded by products in int8. */
class IntegerRolloutsTest {
  /** No token ends a completion, so that batches keep their rows. */
  private static final StopCondition NEVER = new StopCondition(new int[0], tokens -> "");

  @BeforeAll
  static void wantsInstructions() {
    assumeTrue(IntegerPrecision.byOneDnn());
  }

  static List<Arguments> networks() {
    return TinyDecoders.withEachProduct();
  }

  private static List<Completion> completions(
      Network network, boolean int8, WorkerThreads workers, List<GenerationRequest> requests) {
    return new Generator(network, int8, workers, 64, 64, NEVER)
        .generate(requests).stream().flatMap(List::stream).toList();
  }

  private static List<Completion> completions(Network network, List<GenerationRequest> requests) {
    return completions(network, true, TinyDecoders.ALONE, requests);
  }

  private static GenerationRequest request(int seed) {
    return new GenerationRequest(TinyDecoders.tokens(9, seed), 8, Sampling.at(1, 12), seed);
  }

  private static void assertSame(List<Completion> expected, List<Completion> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).tokens(), actual.get(i).tokens());
      assertArrayEquals(expected.get(i).logProbs(), actual.get(i).logProbs());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theyAreNearTheTrainingsPrecisionAndDoNotTouchIt(DecoderShape shape, MatmulKind kind) {
    List<GenerationRequest> requests = List.of(request(1), request(2));
    try (Network network = TinyDecoders.int8Network(shape, 4, kind)) {
      List<Completion> before = completions(network, false, TinyDecoders.ALONE, requests);
      List<Completion> rounded = completions(network, requests);
      List<Sequence> sequences = new ArrayList<>();
      for (int i = 0; i < rounded.size(); i++) {
        sequences.add(new Sequence(requests.get(i / 8).prompt(), rounded.get(i).tokens()));
      }
      List<float[]> scores =
          new LogProbScorer(network, TinyDecoders.ALONE, 300).logProbs(sequences, 1);
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        float[] own = rounded.get(i).logProbs();
        assertEquals(
            scores.get(i)[0], own[0], kind.name().startsWith("HALF") ? .2 : 1e-4, "prompt");
        for (int t = 0; t < own.length; t++) {
          sum += Math.abs(own[t] - scores.get(i)[t]);
        }
      }
      double gap = sum / (12 * scores.size());
      assertTrue(gap > 1e-6 && gap < .1, "gap " + gap);
      assertSame(before, completions(network, false, TinyDecoders.ALONE, requests));
      assertSame(rounded, completions(network, requests));
    }
  }

  /** As after a resume: nothing but the weights decides. */
  @ParameterizedTest
  @MethodSource("networks")
  @Tag("full")
  void changedWeightsAreRoundedAnew(DecoderShape shape, MatmulKind kind) {
    List<GenerationRequest> requests = List.of(request(1));
    try (Network network = TinyDecoders.int8Network(shape, 4, kind);
        Network other = TinyDecoders.int8Network(shape, 5, kind)) {
      List<Completion> first = completions(network, requests);
      network.store(network.weights(), 0, other.weights().toFloatArray());
      network.weightsChanged();
      List<Completion> second = completions(network, requests);
      assertSame(completions(other, requests), second);
      assertFalse(
          Arrays.equals(first.get(0).logProbs(), second.get(0).logProbs()), "the weights differ");
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aCompletionDoesNotDependOnItsNeighbours(DecoderShape shape, MatmulKind kind) {
    try (Network network = TinyDecoders.int8Network(shape, 4, kind)) {
      List<Completion> one = completions(network, List.of(request(1), request(2)));
      List<Completion> other = completions(network, List.of(request(1), request(3)));
      assertSame(one.subList(0, 8), other.subList(0, 8));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  @Tag("full")
  void workersGiveTheSameBitsAgain(DecoderShape shape, MatmulKind kind) {
    List<GenerationRequest> requests =
        Stream.of(1, 2, 3, 4, 5, 6).map(IntegerRolloutsTest::request).toList();
    try (Network network = TinyDecoders.int8Network(shape, 4, kind);
        WorkerThreads two = new WorkerThreads(2, network::prepareThread)) {
      List<Completion> first = completions(network, true, two, requests);
      for (int i = 0; i < 3; i++) {
        assertSame(first, completions(network, true, two, requests));
      }
    }
  }

  @Test
  void adaptersAreMergedBeforeTheyAreRounded() {
    List<GenerationRequest> requests = List.of(request(1));
    DecoderShape shape = TinyDecoders.llama();
    try (Network adapted =
            TinyDecoders.adaptedNetwork(shape, 4, MatmulKind.SINGLE, LoraConfig.PROJECTIONS);
        Network whole = TinyDecoders.int8Network(shape, 5, MatmulKind.SINGLE)) {
      whole.store(whole.weights(), 0, adapted.merged(adapted.step()).toFloatArray());
      whole.weightsChanged();
      List<Completion> expected = completions(whole, requests);
      List<Completion> found = completions(adapted, requests);
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i).logProbs()[0], found.get(i).logProbs()[0], 1e-4, "prompt");
        assertEquals(expected.get(i).logProbs()[1], found.get(i).logProbs()[1], .05);
      }
    }
  }
}
