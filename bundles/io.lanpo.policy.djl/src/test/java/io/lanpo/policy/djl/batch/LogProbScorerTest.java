package io.lanpo.policy.djl.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogProbScorerTest {
  static List<DecoderShape> shapes() {
    return TinyDecoders.all();
  }

  /** Prompts that go on from a place of another one, and completions of any length. */
  private static List<Sequence> random(Random random) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int[] from = i == 0 ? TinyDecoders.tokens(60, 1) : sequences.get(random.nextInt(i)).prompt();
      int kept = Math.max(1, from.length - random.nextInt(30));
      int[] prompt = Arrays.copyOf(from, Math.min(90, kept + random.nextInt(20)));
      int[] more = TinyDecoders.tokens(20, random.nextLong());
      System.arraycopy(
          more, 0, prompt, Math.min(kept, prompt.length), Math.max(0, prompt.length - kept));
      sequences.add(new Sequence(prompt, TinyDecoders.tokens(1 + random.nextInt(12), i)));
    }
    return sequences;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whatPromptsHaveInCommonChangesNoScore(DecoderShape shape) {
    Random random = new Random(5);
    int shared = 0;
    try (Network network = TinyDecoders.network(shape, 2);
        Network plain = TinyDecoders.plainNetwork(shape, 2)) {
      for (int round = 0; round < 6; round++) {
        List<Sequence> sequences = random(random);
        List<CommonPrefix> prefixes =
            CommonPrefix.of(sequences.stream().map(Sequence::prompt).toList());
        shared += prefixes.stream().anyMatch(p -> p.length() > 0) ? 1 : 0;
        int budget = 60 + random.nextInt(1500);
        List<float[]> together =
            new LogProbScorer(network, TinyDecoders.ALONE, budget).logProbs(sequences, .7);
        LogProbScorer alone = new LogProbScorer(plain, TinyDecoders.ALONE, 4096);
        for (int i = 0; i < sequences.size(); i++) {
          float[] expected = alone.logProbs(List.of(sequences.get(i)), .7).get(0);
          assertArrayEquals(expected, together.get(i), 1e-5f);
        }
      }
      assertTrue(shared >= 3, "prefixes in " + shared + " rounds");
    }
  }
}
