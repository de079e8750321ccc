package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.fixture.CompletionComparison;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Completions of the requests, whoever wrote them. */
  private static List<Sequence> sequences() {
    List<Sequence> sequences = new ArrayList<>();
    for (GenerationRequest request : requests()) {
      for (int i = 0; i < request.completions(); i++) {
        int length = 1 + (7 * i) % request.sampling().maxTokens();
        sequences.add(new Sequence(request.prompt(), TinyDecoders.tokens(length, 100 + i)));
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

  private record Results(
      List<List<Completion>> generated,
      float[] scored,
      float[] gradient,
      double loss,
      float[] updated) {}

  private static Results run(int count, boolean large) {
    try (Network network =
            large
                ? TinyDecoders.recomputingNetwork(TinyDecoders.llama(), 11)
                : TinyDecoders.network(TinyDecoders.micro(), 11);
        WorkerThreads workers = new WorkerThreads(count, network::prepareThread)) {
      List<List<Completion>> groups =
          new Generator(network, workers, 24, 64, TinyDecoders.END).generate(requests());
      List<Sequence> sequences = sequences();
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
        float[] gradient = trainer.gradient().toFloatArray();
        trainer.update(List.of(term), new AdamW(1e-3, .9, .95, 1e-8, 0, 1));
        float[] updated = network.weights().toFloatArray();
        return new Results(groups, flat(scores), gradient, loss, updated);
      }
    }
  }

  /** Each worker has batches of its own, which are rounded in their own way. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("full")
  void twoWorkersAgreeWithOneUpToRounding(boolean large) {
    Results one = run(1, large);
    Results two = run(2, large);
    CompletionComparison alike = new CompletionComparison(requests());
    alike.compare(one.generated(), two.generated());
    alike.assertHardlyAnyDiffer();
    assertArrayEquals(one.scored(), two.scored(), 1e-5f);
    double largest = 0;
    for (float g : one.gradient()) {
      largest = Math.max(largest, Math.abs(g));
    }
    assertArrayEquals(one.gradient(), two.gradient(), (float) (1e-5 * largest));
    assertEquals(one.loss(), two.loss(), 1e-5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoWorkersAgreeWithThemselvesToTheBit(boolean large) {
    Results two = run(2, large);
    for (int i = 0; i < 5; i++) {
      Results again = run(2, large);
      assertArrayEquals(logProbs(two), logProbs(again));
      assertArrayEquals(two.scored(), again.scored());
      assertArrayEquals(two.gradient(), again.gradient());
      assertEquals(two.loss(), again.loss());
      assertArrayEquals(two.updated(), again.updated());
    }
  }

  private static float[] logProbs(Results results) {
    return flat(
        results.generated().stream().flatMap(List::stream).map(Completion::logProbs).toList());
  }
}
