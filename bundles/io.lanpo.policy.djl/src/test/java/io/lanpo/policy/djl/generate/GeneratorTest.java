package io.lanpo.policy.djl.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.fixture.CompletionComparison;
import io.lanpo.policy.djl.fixture.Oracle;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.network.HalfPrecision;
import io.lanpo.policy.djl.network.MatmulKind;
import io.lanpo.policy.djl.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorTest {
  private static final int END = 2;

  static List<DecoderShape> shapes() {
    return TinyDecoders.all();
  }

  /** Requests of unequal prompts, lengths, temperatures and numbers of completions. */
  private static List<GenerationRequest> mixed() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Sampling sampling = Sampling.at(i == 3 ? 0 : .5 + .2 * i, 3 + 11 * (i % 4));
      requests.add(
          new GenerationRequest(TinyDecoders.tokens(1 + 9 * (i % 5), i), i, sampling, 100 + i));
    }
    return requests;
  }

  /** Requests whose prompts have prefixes in common; some have a group that shares its prompt. */
  private static List<GenerationRequest> families() {
    List<GenerationRequest> requests = new ArrayList<>();
    List<int[]> prompts = TinyDecoders.families();
    for (int i = 0; i < prompts.size(); i++) {
      requests.add(
          new GenerationRequest(
              prompts.get(i), i % 4 == 3 ? 5 : 1 + i % 2, Sampling.at(1, 4 + 9 * (i % 3)), i));
    }
    return requests;
  }

  private static List<List<Completion>> generate(
      Network network, int seats, List<GenerationRequest> requests) {
    return new Generator(network, TinyDecoders.ALONE, seats, 64, TinyDecoders.END)
        .generate(requests);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void cachedLogProbsAreThoseOfAFullForwardPass(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 3)) {
      assertLogProbsAreThoseOfAFullForwardPass(network, 288, mixed());
    }
  }

  /** Each completion is scored alone, its prompt read as a whole. */
  @ParameterizedTest
  @MethodSource("shapes")
  void logProbsBehindACommonPrefixAreThoseOfAFullForwardPass(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 3);
        Network plain = TinyDecoders.plainNetwork(shape, 3)) {
      for (int seats : new int[] {3, 7, 288}) {
        assertLogProbsAreThoseOfAFullForwardPass(network, seats, families());
        assertLogProbsAreThoseOfAFullForwardPass(plain, seats, families());
      }
    }
  }

  /** Large vocabularies are sampled from a few rows at a time. */
  @ParameterizedTest
  @MethodSource("shapes")
  void eachOfManyRowsIsSampledFromItsOwnLogits(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 3)) {
      assertLogProbsAreThoseOfAFullForwardPass(
          network,
          288,
          List.of(new GenerationRequest(TinyDecoders.tokens(9, 1), 130, Sampling.at(1, 3), 1)));
    }
  }

  @Test
  void whereProductsAreFasterThanMemoryAllSequencesAreOneBatch() {
    assumeTrue(HalfPrecision.byOneDnn());
    try (Network network = TinyDecoders.halfNetwork(TinyDecoders.llama(), 3, MatmulKind.HALF_AMX);
        WorkerThreads two = new WorkerThreads(2, network::prepareThread)) {
      assertTrue(network.decodesTogether());
      List<Completion> alone =
          generate(network, 288, mixed()).stream().flatMap(List::stream).toList();
      List<Completion> together =
          new Generator(network, two, 288, 64, TinyDecoders.END)
              .generate(mixed()).stream().flatMap(List::stream).toList();
      for (int i = 0; i < alone.size(); i++) {
        assertArrayEquals(alone.get(i).tokens(), together.get(i).tokens());
        assertArrayEquals(alone.get(i).logProbs(), together.get(i).logProbs());
      }
    }
    try (Network other = TinyDecoders.halfNetwork(TinyDecoders.llama(), 3, MatmulKind.HALF)) {
      assertFalse(other.decodesTogether());
    }
  }

  private static void assertLogProbsAreThoseOfAFullForwardPass(
      Network network, int seats, List<GenerationRequest> requests) {
    List<List<Completion>> groups = generate(network, seats, requests);
    for (int i = 0; i < requests.size(); i++) {
      GenerationRequest request = requests.get(i);
      double given = request.sampling().temperature();
      double temperature = given == 0 ? 1 : given;
      assertEquals(request.completions(), groups.get(i).size());
      for (Completion completion : groups.get(i)) {
        Sequence sequence = new Sequence(request.prompt(), completion.tokens());
        float[] full =
            new LogProbScorer(network, TinyDecoders.ALONE, 64)
                .logProbs(List.of(sequence), temperature)
                .get(0);
        assertArrayEquals(full, completion.logProbs(), 1e-5f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aCommonPrefixChangesNoCompletion(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 5)) {
      List<GenerationRequest> requests = families();
      List<List<Completion>> alone = new ArrayList<>();
      for (GenerationRequest request : requests) {
        alone.addAll(generate(network, 288, List.of(request)));
      }
      CompletionComparison alike = new CompletionComparison(requests);
      for (int seats : new int[] {2, 9, 288}) {
        alike.compare(alone, generate(network, seats, requests));
      }
      alike.assertHardlyAnyDiffer();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void greedyTakesTheOraclesMostProbableTokens(DecoderShape shape, @TempDir Path folder) {
    int[] prompt = TinyDecoders.tokens(6, 8);
    GenerationRequest request = new GenerationRequest(prompt, 1, Sampling.at(0, 12), 1);
    try (Network network = TinyDecoders.network(shape, 4);
        Oracle oracle = Oracle.of(network, folder)) {
      int[] tokens = generate(network, 4, List.of(request)).get(0).get(0).tokens();
      int[] all = Arrays.copyOf(prompt, prompt.length + tokens.length);
      for (int i = 0; i < tokens.length; i++) {
        float[] logits =
            oracle.logits(Arrays.copyOf(all, prompt.length + i)).get(-1).toFloatArray();
        double best = IntStream.range(0, logits.length).mapToDouble(t -> logits[t]).max().orElse(0);
        // two that are as good as equal may be either
        assertEquals(best, logits[tokens[i]], 1e-4);
        all[prompt.length + i] = tokens[i];
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aRequestIsTheSameAloneAndAmongOthersAndWithFewSeats(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 5)) {
      List<GenerationRequest> requests = mixed();
      List<List<Completion>> together = generate(network, 288, requests);
      CompletionComparison alike = new CompletionComparison(requests);
      for (int seats : new int[] {1, 2, 5, 9}) {
        alike.compare(together, generate(network, seats, requests));
      }
      List<List<Completion>> alone = new ArrayList<>();
      for (GenerationRequest request : requests) {
        alone.addAll(generate(network, 288, List.of(request)));
      }
      alike.compare(together, alone);
      alike.assertHardlyAnyDiffer();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void longCompletionsOfManyAndFewRowsAreThoseOfAFullForwardPass(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 3);
        Network plain = TinyDecoders.plainNetwork(shape, 3)) {
      for (int rows : new int[] {2, 20}) {
        GenerationRequest request =
            new GenerationRequest(TinyDecoders.tokens(11, 1), rows, Sampling.at(1, 230), 4);
        List<Completion> completions =
            new Generator(
                    network,
                    TinyDecoders.ALONE,
                    288,
                    64,
                    new StopCondition(new int[0], tokens -> ""))
                .generate(List.of(request, request))
                .get(1);
        List<Sequence> sequences =
            completions.stream().map(c -> new Sequence(request.prompt(), c.tokens())).toList();
        List<float[]> full =
            new LogProbScorer(plain, TinyDecoders.ALONE, 4096).logProbs(sequences, 1);
        for (int i = 0; i < rows; i++) {
          assertEquals(230, completions.get(i).tokens().length);
          assertArrayEquals(full.get(i), completions.get(i).logProbs(), 1e-5f);
        }
      }
    }
  }

  /** What is read of the text is where the interruption comes, in the midst of the completions. */
  @Test
  void anInterruptionEndsItWithinSomeTokensAndLeavesNothingBehind() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 6);
        WorkerThreads workers = new WorkerThreads(2, network::prepareThread)) {
      Thread caller = Thread.currentThread();
      AtomicInteger tokens = new AtomicInteger();
      StopCondition interrupting =
          new StopCondition(
              new int[0],
              written -> {
                if (tokens.incrementAndGet() == 100) {
                  caller.interrupt();
                }
                return "";
              });
      Sampling sampling = new Sampling(1, 0, 1, 0, 200, List.of("never"));
      GenerationRequest request =
          new GenerationRequest(TinyDecoders.tokens(11, 1), 40, sampling, 4);
      Generator generator = new Generator(network, workers, 288, 64, interrupting);
      generate(network, 5, mixed());
      int before = network.managed();
      assertThrows(
          CancellationException.class, () -> generator.generate(List.of(request, request)));
      assertFalse(Thread.interrupted(), "as by an InterruptedException");
      assertTrue(tokens.get() < 80 * 200 / 2, tokens + " tokens");
      generate(network, 5, mixed());
      assertEquals(before, network.managed());
    }
  }

  @Test
  void theEndTokenMayBeIgnored() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 6)) {
      int[] prompt = TinyDecoders.tokens(6, 8);
      List<Completion> ended =
          generate(network, 99, List.of(new GenerationRequest(prompt, 60, Sampling.at(1, 50), 1)))
              .get(0);
      assertTrue(ended.stream().anyMatch(c -> c.finished() && c.tokens().length < 50));
      Sampling whole = new Sampling(1, 0, 1, 0, 50, List.of(), true);
      List<Completion> ignored =
          generate(network, 99, List.of(new GenerationRequest(prompt, 60, whole, 1))).get(0);
      for (int i = 0; i < 60; i++) {
        int[] tokens = ended.get(i).tokens();
        assertEquals(50, ignored.get(i).tokens().length);
        assertFalse(ignored.get(i).finished());
        assertArrayEquals(tokens, Arrays.copyOf(ignored.get(i).tokens(), tokens.length));
      }
    }
  }

  @Test
  void nothingIsLeftBehind() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 6)) {
      generate(network, 5, mixed());
      int before = network.managed();
      generate(network, 5, mixed());
      generate(network, 5, families());
      assertEquals(before, network.managed());
    }
  }

  @Test
  void completionsEndAtTheEndTokenOrAtTheLimit() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 6)) {
      GenerationRequest request =
          new GenerationRequest(TinyDecoders.tokens(5, 1), 200, Sampling.at(1.5, 20), 9);
      List<Completion> completions = generate(network, 64, List.of(request)).get(0);
      assertTrue(completions.stream().anyMatch(Completion::finished));
      for (Completion completion : completions) {
        int[] tokens = completion.tokens();
        assertEquals(tokens.length, completion.logProbs().length);
        assertTrue(tokens.length <= 20);
        assertEquals(completion.finished(), tokens[tokens.length - 1] == END);
        assertTrue(completion.finished() || tokens.length == 20);
        assertFalse(Arrays.stream(tokens, 0, tokens.length - 1).anyMatch(t -> t == END), "goes on");
      }
    }
  }

  @Test
  void completionsOfAGroupDifferAndTheSeedFixesThem() {
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 7)) {
      int[] prompt = TinyDecoders.tokens(5, 1);
      GenerationRequest one = new GenerationRequest(prompt, 4, Sampling.at(1, 20), 1);
      GenerationRequest other = new GenerationRequest(prompt, 4, Sampling.at(1, 20), 2);
      List<List<Completion>> twins = generate(network, 64, List.of(one, one, other));
      CompletionComparison alike = new CompletionComparison(List.of(one));
      alike.compare(twins.subList(0, 1), twins.subList(1, 2));
      alike.assertHardlyAnyDiffer();
      long distinct =
          Stream.of(twins.get(0), twins.get(2))
              .flatMap(List::stream)
              .map(c -> Arrays.toString(c.tokens()))
              .distinct()
              .count();
      assertEquals(8, distinct);
    }
  }

  /** Draws first tokens and compares their counts with what the rule says. */
  private static void assertDistribution(Sampling sampling, double[] expected) {
    int samples = 20000;
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 8)) {
      GenerationRequest request =
          new GenerationRequest(TinyDecoders.tokens(4, 2), samples, sampling, 77);
      long[] counts = new long[TinyDecoders.VOCABULARY];
      for (Completion c : generate(network, 4096, List.of(request)).get(0)) {
        counts[c.tokens()[0]]++;
      }
      List<Integer> possible =
          IntStream.range(0, expected.length).filter(t -> expected[t] > 0).boxed().toList();
      for (int t = 0; t < counts.length; t++) {
        assertTrue(expected[t] > 0 || counts[t] == 0, "token " + t + " was cut but drawn");
      }
      double p =
          new ChiSquareTest()
              .chiSquareTest(
                  possible.stream().mapToDouble(t -> expected[t] * samples).toArray(),
                  possible.stream().mapToLong(t -> counts[t]).toArray());
      assertTrue(p > 1e-4, "p = " + p);
    }
  }

  /** Probabilities of the first token at a temperature. */
  private static double[] probabilities(double temperature) {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 8)) {
      double[] p = new double[TinyDecoders.VOCABULARY];
      for (int t = 0; t < p.length; t++) {
        Sequence sequence = new Sequence(TinyDecoders.tokens(4, 2), new int[] {t});
        p[t] =
            Math.exp(
                new LogProbScorer(network, TinyDecoders.ALONE, 64)
                    .logProbs(List.of(sequence), temperature)
                    .get(0)[0]);
      }
      return p;
    }
  }

  private static double[] kept(double[] p, int topK, double topP, double minP) {
    Integer[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(t -> -p[t]))
            .toArray(Integer[]::new);
    double all = 0;
    for (int rank = 0; rank < topK; rank++) {
      all += p[order[rank]];
    }
    double[] kept = new double[p.length];
    double before = 0;
    double sum = 0;
    for (int rank = 0;
        rank < topK && before < topP * all && p[order[rank]] >= minP * p[order[0]];
        rank++) {
      kept[order[rank]] = p[order[rank]];
      before += p[order[rank]];
      sum = before;
    }
    for (int t = 0; t < kept.length; t++) {
      kept[t] /= sum;
    }
    return kept;
  }

  @Test
  void samplesFollowTheSoftmaxAtTheTemperature() {
    assertDistribution(Sampling.at(1, 1), probabilities(1));
    assertDistribution(Sampling.at(2.5, 1), probabilities(2.5));
  }

  @Test
  void topKTopPAndMinPCutTheTail() {
    double[] p = probabilities(1.5);
    assertDistribution(cut(5, 1, 0), kept(p, 5, 1, 0));
    assertDistribution(cut(0, .6, 0), kept(p, p.length, .6, 0));
    assertDistribution(cut(9, .8, 0), kept(p, 9, .8, 0));
    assertDistribution(cut(0, 1, .4), kept(p, p.length, 1, .4));
    assertDistribution(cut(9, .9, .3), kept(p, 9, .9, .3));
  }

  private static Sampling cut(int topK, double topP, double minP) {
    return new Sampling(1.5, topK, topP, minP, 1, List.of());
  }

  @Test
  void logProbsStayThoseOfTheWholeDistributionUnderTopK() {
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 9)) {
      int[] prompt = TinyDecoders.tokens(4, 2);
      Sampling sampling = new Sampling(.8, 4, .9, .1, 10, List.of());
      GenerationRequest request = new GenerationRequest(prompt, 3, sampling, 5);
      for (Completion c : generate(network, 8, List.of(request)).get(0)) {
        Sequence sequence = new Sequence(prompt, c.tokens());
        float[] full =
            new LogProbScorer(network, TinyDecoders.ALONE, 64)
                .logProbs(List.of(sequence), .8)
                .get(0);
        assertArrayEquals(full, c.logProbs(), 1e-5f);
      }
    }
  }

  @Test
  void groupsThatWaitForSeatsAreWrittenAsIfThereWereRoom() {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Sampling sampling = Sampling.at(1, 8 + 9 * (i % 3));
      requests.add(new GenerationRequest(TinyDecoders.tokens(9 + 4 * i, i), 5, sampling, i));
    }
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 3)) {
      List<List<Completion>> roomy = generate(network, 30, requests);
      List<List<Completion>> narrow = generate(network, 8, requests);
      CompletionComparison alike = new CompletionComparison(requests);
      alike.compare(roomy, narrow);
      alike.assertHardlyAnyDiffer();
    }
  }

  @Test
  void aCompletionEndsWithTheTokenThatCompletesAStopText() {
    int[] prompt = TinyDecoders.tokens(9, 2);
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 3)) {
      Sampling free = Sampling.at(1, 40);
      int[] whole =
          generate(network, 8, List.of(new GenerationRequest(prompt, 1, free, 4)))
              .get(0)
              .get(0)
              .tokens();
      String stop = whole[5] + " " + whole[6];
      Sampling stopped = new Sampling(1, 0, 1, 0, 40, List.of("nothing", stop));
      Completion cut =
          generate(network, 8, List.of(new GenerationRequest(prompt, 1, stopped, 4))).get(0).get(0);
      assertArrayEquals(Arrays.copyOf(whole, 7), cut.tokens());
      assertTrue(cut.finished());
    }
  }
}
