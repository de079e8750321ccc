package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several workers do what one does. */
class WorkerAgreementTest {
  private static List<GenerationRequest> requests() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      requests.add(
          new GenerationRequest(
              TinyDecoders.tokens(3 + 4 * i, i), 1 + i, Sampling.at(1, 5 + 5 * (i % 4)), i));
    }
    return requests;
  }

  private static List<Sequence> sequences(List<List<Completion>> groups) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Completion completion : groups.get(i)) {
        sequences.add(new Sequence(requests().get(i).prompt(), completion.tokens()));
      }
    }
    return sequences;
  }

  private static float[] flat(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private record Results(float[] generated, float[] scored, float[] gradient, double loss) {}

  private static Results run(int count) {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 11);
        WorkerThreads workers = new WorkerThreads(count, network::prepareThread)) {
      List<List<Completion>> groups =
          new Generator(network, workers, 24, 64, TinyDecoders.END).generate(requests());
      List<Sequence> sequences = sequences(groups);
      List<float[]> scores = new LogProbScorer(network, workers, 200).logProbs(sequences, 1);
      List<TrainingExample> examples = new ArrayList<>();
      for (Sequence sequence : sequences) {
        float[] scale = new float[sequence.completion().length];
        Arrays.fill(scale, .01f);
        examples.add(TrainingExample.supervised(sequence, scale));
      }
      LossTerm term = new LossTerm("sft", new Loss.CrossEntropy(), examples);
      try (Trainer trainer =
          new Trainer(network, workers, new OptimizerState(network), 200, false)) {
        double loss = trainer.gradient(List.of(term)).get("sft").loss();
        List<float[]> generated =
            groups.stream().flatMap(List::stream).map(Completion::logProbs).toList();
        float[] gradient = trainer.gradient().toFloatArray();
        return new Results(flat(generated), flat(scores), gradient, loss);
      }
    }
  }

  @Test
  void twoWorkersAgreeWithOneAndWithThemselvesToTheBit() {
    Results one = run(1);
    Results two = run(2);
    assertArrayEquals(one.generated(), two.generated(), 1e-5f);
    assertArrayEquals(one.scored(), two.scored(), 1e-5f);
    assertArrayEquals(one.gradient(), two.gradient(), 2e-6f);
    assertEquals(one.loss(), two.loss(), 1e-5);
    for (int i = 0; i < 5; i++) {
      Results again = run(2);
      assertArrayEquals(two.generated(), again.generated());
      assertArrayEquals(two.scored(), again.scored());
      assertArrayEquals(two.gradient(), again.gradient());
      assertEquals(two.loss(), again.loss());
    }
  }
}
