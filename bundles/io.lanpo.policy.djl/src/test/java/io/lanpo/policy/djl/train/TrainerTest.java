package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.fixture.Oracle;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.WeightPlan;
import io.lanpo.policy.djl.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
  private static final AdamW STEP = new AdamW(1e-2, .9, .95, 1e-8, .01, 1);
  private static final double TEMPERATURE = .8;
  private static final Loss.ClippedSurrogate SURROGATE =
      new Loss.ClippedSurrogate(.2, .3, .05, TEMPERATURE);

  static List<DecoderShape> shapes() {
    return TinyDecoders.all();
  }

  /** Sequences of unequal lengths; some share a prompt, as the completions of a group do. */
  private static List<Sequence> sequences() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int prompt = 1 + 5 * (i / 3);
      sequences.add(
          new Sequence(
              TinyDecoders.tokens(prompt, i / 3), TinyDecoders.tokens(1 + 4 * (i % 4), 50 + i)));
    }
    return sequences;
  }

  private static float[] random(int length, double mean, double deviation, Random random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return values;
  }

  /** Prompts with prefixes in common. */
  private static LossTerm families() {
    return TinyDecoders.supervised(TinyDecoders.familySequences());
  }

  private static LossTerm supervised() {
    Random random = new Random(1);
    List<TrainingExample> examples = new ArrayList<>();
    for (Sequence s : sequences()) {
      float[] scale = random(s.completion().length, .02, .003, random);
      examples.add(TrainingExample.supervised(s, scale));
    }
    return new LossTerm("replay", new Loss.CrossEntropy(), examples);
  }

  /** A surrogate term whose ratios lie on both sides of the clipping bounds. */
  private static LossTerm surrogate(Network network, boolean onPolicy) {
    Random random = new Random(2);
    List<float[]> now =
        new LogProbScorer(network, TinyDecoders.ALONE, 4096).logProbs(sequences(), TEMPERATURE);
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      int length = now.get(i).length;
      float[] old = now.get(i).clone();
      float[] reference = now.get(i).clone();
      for (int t = 0; t < length; t++) {
        old[t] += (float) (.4 * random.nextGaussian());
        reference[t] += (float) (.3 * random.nextGaussian());
      }
      examples.add(
          new TrainingExample(
              sequences().get(i),
              random(length, .02, .003, random),
              random(length, 0, 1, random),
              onPolicy ? new float[0] : old,
              reference));
    }
    return new LossTerm("policy-gradient", SURROGATE, examples);
  }

  /** The loss of a term, token by token as its documentation says, in NDArrays. */
  private static NDArray loss(Oracle oracle, LossTerm term) {
    NDManager manager = oracle.manager();
    NDArray total = manager.create(0f);
    for (TrainingExample e : term.examples()) {
      Sequence s = e.sequence();
      NDArray scale = manager.create(e.scale());
      if (term.loss() instanceof Loss.CrossEntropy) {
        NDArray logp = oracle.logProbs(s.prompt(), s.completion(), 1);
        total = total.add(logp.neg().mul(scale).sum());
        continue;
      }
      NDArray logp = oracle.logProbs(s.prompt(), s.completion(), TEMPERATURE);
      NDArray old =
          e.samplingLogProbs().length == 0
              ? manager.create(logp.toFloatArray())
              : manager.create(e.samplingLogProbs());
      NDArray advantages = manager.create(e.advantages());
      NDArray ratio = logp.sub(old).exp();
      NDArray gain = ratio.mul(advantages).minimum(ratio.clip(.8, 1.3).mul(advantages));
      NDArray r = manager.create(e.referenceLogProbs()).sub(logp);
      NDArray k3 = r.exp().sub(r).sub(oracle.constant(1));
      total = total.add(k3.mul(oracle.constant(.05)).sub(gain).mul(scale).sum());
    }
    return total;
  }

  private static void assertGradientsAgree(Network network, List<LossTerm> terms, Path folder) {
    assertGradientsAgree(network, terms, 60, folder);
  }

  private static void assertGradientsAgree(
      Network network, List<LossTerm> terms, int budget, Path folder) {
    Trainer trainer =
        new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), budget, false);
    Map<String, TermReport> reports = trainer.gradient(terms);
    Map<String, Oracle.Values> actual = Oracle.tensors(network, trainer.gradient(), folder);
    try (Oracle oracle = Oracle.of(network, folder)) {
      oracle.weights().values().forEach(w -> w.setRequiresGradient(true));
      double loss = 0;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray total = oracle.manager().create(0f);
        for (LossTerm term : terms) {
          total = total.add(loss(oracle, term));
        }
        collector.backward(total);
        loss = total.getFloat();
      }
      assertEquals(loss, reports.values().stream().mapToDouble(TermReport::loss).sum(), 1e-5);
      for (Map.Entry<String, NDArray> weight : oracle.weights().entrySet()) {
        float[] expected = weight.getValue().getGradient().toFloatArray();
        float[] found = actual.get(weight.getKey()).values();
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
          largest = Math.max(largest, Math.abs(expected[i]));
          worst = Math.max(worst, Math.abs(expected[i] - found[i]));
        }
        assertTrue(largest > 0, weight.getKey() + " has no gradient");
        assertTrue(worst <= 1e-5 * largest, weight.getKey() + ": " + worst + " of " + largest);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsAgreeWithTheOracle(DecoderShape shape, @TempDir Path folder) {
    try (Network network = TinyDecoders.network(shape, 1)) {
      assertGradientsAgree(network, List.of(supervised()), folder);
      assertGradientsAgree(network, List.of(surrogate(network, false)), folder);
      assertGradientsAgree(network, List.of(surrogate(network, true)), folder);
      assertGradientsAgree(network, List.of(supervised(), surrogate(network, false)), folder);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  @Tag("full")
  void gradientsAgreeWithTheOracleWithoutOneDnn(DecoderShape shape, @TempDir Path folder) {
    try (Network network = TinyDecoders.plainNetwork(shape, 1)) {
      assertGradientsAgree(network, List.of(supervised(), surrogate(network, false)), folder);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  @Tag("full")
  void gradientsBehindACommonPrefixAgreeWithTheOracle(DecoderShape shape, @TempDir Path folder) {
    for (int budget : new int[] {100, 4096}) {
      try (Network network = TinyDecoders.network(shape, 1)) {
        assertGradientsAgree(network, List.of(families()), budget, folder);
      }
      try (Network network = TinyDecoders.plainNetwork(shape, 1)) {
        assertGradientsAgree(network, List.of(families()), budget, folder);
      }
      try (Network network = TinyDecoders.recomputingNetwork(shape, 1)) {
        assertGradientsAgree(network, List.of(families()), budget, folder);
      }
    }
  }

  @Test
  void gradientsAgreeWithTheOracleForManyTokens(@TempDir Path folder) {
    try (Network network = TinyDecoders.network(TinyDecoders.manyTokens(), 1)) {
      assertGradientsAgree(network, List.of(supervised(), surrogate(network, false)), folder);
    }
  }

  @Test
  void splittingABatchGivesTheSameGradient() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 2)) {
      List<LossTerm> terms = List.of(supervised(), surrogate(network, false));
      float[] whole = gradient(network, terms, 1 << 20);
      double largest = 0;
      for (float g : whole) {
        largest = Math.max(largest, Math.abs(g));
      }
      for (int budget : new int[] {1, 30, 100}) {
        assertArrayEquals(whole, gradient(network, terms, budget), (float) (1e-5 * largest));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientCheckpointingGivesTheSameBits(DecoderShape shape) {
    for (boolean less : new boolean[] {false, true}) {
      try (Network network =
          less ? TinyDecoders.recomputingNetwork(shape, 6) : TinyDecoders.network(shape, 6)) {
        List<LossTerm> terms = List.of(surrogate(network, true), supervised(), families());
        for (int budget : new int[] {60, 4096}) {
          float[] kept = gradient(network, terms, budget);
          Trainer recomputing =
              new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), budget, true);
          recomputing.gradient(terms);
          assertArrayEquals(kept, recomputing.gradient().toFloatArray());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void attentionThatIsComputedAgainGivesTheGradientOfTheOracle(
      DecoderShape shape, @TempDir Path folder) {
    try (Network recomputing = TinyDecoders.recomputingNetwork(shape, 1)) {
      assertGradientsAgree(
          recomputing, List.of(supervised(), surrogate(recomputing, true)), folder);
    }
  }

  private static float[] gradient(Network network, List<LossTerm> terms, int budget) {
    Trainer trainer =
        new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), budget, false);
    trainer.gradient(terms);
    return trainer.gradient().toFloatArray();
  }

  @Test
  void reportsMeanWhatTheySay() {
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 3)) {
      LossTerm term = surrogate(network, false);
      TermReport report =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false)
              .gradient(List.of(term))
              .get("policy-gradient");
      List<float[]> now =
          new LogProbScorer(network, TinyDecoders.ALONE, 4096).logProbs(sequences(), TEMPERATURE);
      double ratio = 0;
      double clipped = 0;
      double kl = 0;
      int tokens = 0;
      for (int i = 0; i < now.size(); i++) {
        TrainingExample e = term.examples().get(i);
        for (int t = 0; t < now.get(i).length; t++, tokens++) {
          double rho = Math.exp(now.get(i)[t] - e.samplingLogProbs()[t]);
          double r = e.referenceLogProbs()[t] - now.get(i)[t];
          ratio += rho;
          kl += Math.exp(r) - r - 1;
          clipped += e.advantages()[t] > 0 ? (rho > 1.3 ? 1 : 0) : (rho < .8 ? 1 : 0);
        }
      }
      assertTrue(clipped > 0);
      assertEquals(tokens, report.tokens());
      assertEquals(ratio / tokens, report.ratio(), 1e-5);
      assertEquals(kl / tokens, report.kl(), 1e-5);
      assertEquals(clipped / tokens, report.clippedShare(), 1e-9);
      assertEquals(entropy(network), report.entropy(), 1e-4);
    }
  }

  /** Mean entropy at temperature one after each place of the completions. */
  private static double entropy(Network network) {
    double sum = 0;
    int places = 0;
    for (Sequence s : sequences()) {
      for (int t = 0; t < s.completion().length; t++, places++) {
        int[] context = new int[s.prompt().length + t];
        System.arraycopy(s.prompt(), 0, context, 0, s.prompt().length);
        System.arraycopy(s.completion(), 0, context, s.prompt().length, t);
        List<Sequence> next = new ArrayList<>();
        for (int token = 0; token < TinyDecoders.VOCABULARY; token++) {
          next.add(new Sequence(context, new int[] {token}));
        }
        for (float[] logp :
            new LogProbScorer(network, TinyDecoders.ALONE, 4096).logProbs(next, 1)) {
          sum -= Math.exp(logp[0]) * logp[0];
        }
      }
    }
    return sum / places;
  }

  @Test
  void ratioIsOneWithoutSamplingLogProbs() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 3)) {
      TermReport report =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false)
              .gradient(List.of(surrogate(network, true), supervised()))
              .get("policy-gradient");
      assertEquals(1, report.ratio());
      assertEquals(0, report.clippedShare());
    }
  }

  /** Decay is for matrices and embeddings, as in transformers. */
  @ParameterizedTest
  @MethodSource("shapes")
  void stepsAreThoseOfAdamW(DecoderShape shape) {
    AdamW[] options = {
      new AdamW(1e-2, .9, .95, 1e-8, .01, 1e-3),
      new AdamW(3e-3, .8, .99, 1e-6, 0, Double.POSITIVE_INFINITY),
      new AdamW(1e-2, .9, .95, 1e-8, .1, 100)
    };
    try (Network network = TinyDecoders.network(shape, 4)) {
      List<LossTerm> terms = List.of(supervised());
      boolean[] decays = new boolean[(int) network.plan().elements()];
      for (WeightPlan.Weight weight : network.plan().weights()) {
        boolean norm = weight.name().contains("norm");
        int from = (int) weight.offset();
        Arrays.fill(decays, from, from + weight.size(), !norm && !weight.name().endsWith(".bias"));
      }
      Trainer trainer =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 4096, false);
      float[] start = network.weights().toFloatArray();
      double[] w = new double[start.length];
      for (int i = 0; i < w.length; i++) {
        w[i] = start[i];
      }
      double[] m = new double[w.length];
      double[] v = new double[w.length];
      for (int step = 1; step <= options.length; step++) {
        trainer.gradient(terms);
        float[] gradient = trainer.gradient().toFloatArray();
        Oracle.adamW(w, m, v, gradient, step, options[step - 1], i -> decays[i]);
        trainer.update(terms, options[step - 1]);
        float[] now = network.weights().toFloatArray();
        for (int i = 0; i < w.length; i++) {
          assertEquals(w[i], now[i], 2e-6 * Math.max(1, Math.abs(w[i])), "weight " + i);
          w[i] = now[i];
        }
      }
    }
  }

  @Test
  void sameCallsGiveTheSameBits() {
    float[][] weights = new float[2][];
    for (int run = 0; run < 2; run++) {
      try (Network network = TinyDecoders.network(TinyDecoders.micro(), 5)) {
        Trainer trainer =
            new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
        for (int i = 0; i < 3; i++) {
          trainer.update(List.of(supervised(), surrogate(network, false)), STEP);
        }
        weights[run] = network.weights().toFloatArray();
      }
    }
    assertArrayEquals(weights[0], weights[1]);
  }

  @Test
  void lossFallsWhenTheSameExamplesAreLearned() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 6)) {
      Trainer trainer =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
      double first = 0;
      double last = 0;
      for (int i = 0; i < 40; i++) {
        UpdateReport report = trainer.update(List.of(supervised()), STEP);
        last = report.terms().get("replay").loss();
        first = i == 0 ? last : first;
      }
      assertTrue(last < first / 3, first + " to " + last);
    }
  }

  /** Otherwise it would stand beside what is generated next. */
  @Test
  void aLargeNetworkGivesItsGradientBack() {
    try (Network network = TinyDecoders.recomputingNetwork(TinyDecoders.llama(), 6)) {
      Trainer trainer =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
      trainer.update(List.of(supervised()), STEP);
      int managed = network.managed();
      trainer.gradient(List.of(supervised()));
      assertEquals(managed + 1, network.managed());
      trainer.update(List.of(supervised()), STEP);
      assertEquals(managed, network.managed());
    }
  }

  @Test
  void nothingChangesWithoutExamples() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 7)) {
      float[] before = network.weights().toFloatArray();
      LossTerm empty = new LossTerm("empty", new Loss.CrossEntropy(), List.of());
      UpdateReport report =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false)
              .update(List.of(empty), STEP);
      assertEquals(new UpdateReport(Map.of(), 0), report);
      assertArrayEquals(before, network.weights().toFloatArray());
    }
  }

  @Test
  void anInfiniteGradientIsRefusedAndLeavesNoTrace() {
    try (Network network = TinyDecoders.network(TinyDecoders.micro(), 8)) {
      OptimizerState state = new OptimizerState(network);
      Trainer trainer = new Trainer(network, TinyDecoders.ALONE, state, 60, false);
      float[] before = network.weights().toFloatArray();
      Sequence sequence = sequences().get(4);
      float[] scale = new float[sequence.completion().length];
      scale[0] = Float.NaN;
      LossTerm bad =
          new LossTerm(
              "bad", new Loss.CrossEntropy(), List.of(TrainingExample.supervised(sequence, scale)));
      UserException e = assertThrows(UserException.class, () -> trainer.update(List.of(bad), STEP));
      assertEquals(
          "the gradient of model.embed_tokens.weight is not finite: it has NaN (norm of the whole"
              + " gradient NaN), so this update was not made",
          e.getMessage());
      assertArrayEquals(before, network.weights().toFloatArray());
      assertEquals(0, state.stepCount());
      trainer.update(List.of(supervised()), STEP);
      assertEquals(1, state.stepCount());
    }
  }
}
