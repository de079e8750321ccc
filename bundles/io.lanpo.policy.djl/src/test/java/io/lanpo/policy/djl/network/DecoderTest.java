package io.lanpo.policy.djl.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.batch.CommonPrefix;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.PackedBatch;
import io.lanpo.policy.djl.batch.PromptGroup;
import io.lanpo.policy.djl.fixture.Oracle;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.WeightPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The TorchScript decoder against the oracle. */
class DecoderTest {
  static List<DecoderShape> shapes() {
    return TinyDecoders.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void logitsAgreeWithTheOracle(DecoderShape shape, @TempDir Path folder) {
    int[] tokens = TinyDecoders.tokens(40, 5);
    try (Network network = TinyDecoders.network(shape, 1);
        Oracle oracle = Oracle.of(network, folder)) {
      float[] expected = oracle.logits(tokens).toFloatArray();
      assertArrayEquals(expected, logits(network, tokens), 1e-5f * largest(expected));
    }
  }

  private static float largest(float[] values) {
    float largest = 1;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static float[] logits(Network network, int[] tokens) {
    PackedBatch batch =
        PackedBatch.ofPrompts(
            List.of(new PromptGroup(tokens, CommonPrefix.NONE, new int[0], 1)), network.shape());
    try (NDManager step = network.step();
        ScriptCall call = network.call("prefill")) {
      call.share(network.operands()).add(batch.layout(network, step));
      call.add(step.create(LongStream.range(0, tokens.length).toArray()));
      return ScriptCall.array(call.runTuple()[0], step).toFloatArray();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void scoresOfUnequalSequencesAgreeWithTheOracle(DecoderShape shape, @TempDir Path folder) {
    List<Sequence> sequences =
        List.of(
            new Sequence(TinyDecoders.tokens(1, 1), TinyDecoders.tokens(30, 2)),
            new Sequence(TinyDecoders.tokens(25, 3), TinyDecoders.tokens(1, 4)),
            new Sequence(TinyDecoders.tokens(9, 5), TinyDecoders.tokens(7, 6)),
            new Sequence(TinyDecoders.tokens(9, 5), TinyDecoders.tokens(12, 7)),
            new Sequence(TinyDecoders.tokens(9, 5), TinyDecoders.tokens(1, 8)),
            new Sequence(TinyDecoders.tokens(1, 1), TinyDecoders.tokens(1, 9)));
    try (Network network = TinyDecoders.network(shape, 1);
        Oracle oracle = Oracle.of(network, folder)) {
      for (int budget : new int[] {1, 40, 4096}) {
        List<float[]> scores =
            new LogProbScorer(network, TinyDecoders.ALONE, budget).logProbs(sequences, .7);
        for (int i = 0; i < sequences.size(); i++) {
          Sequence s = sequences.get(i);
          float[] expected = oracle.logProbs(s.prompt(), s.completion(), .7).toFloatArray();
          assertArrayEquals(expected, scores.get(i), 2e-5f, "sequence " + i);
        }
      }
    }
  }

  @Test
  void weightsAreCountedWithoutPadding() {
    WeightPlan plan = new WeightPlan(TinyDecoders.switches());
    int perLayer = 20 + (3 + 2) * 10 * 21 + 2 * 10 + 20 * 30 + 20 + 2 * 28 * 21 + 20 * 28 + 20;
    assertEquals(2 * 42 * 20 + 2 * perLayer + 20 + 42 * 20, plan.parameters());
  }
}
