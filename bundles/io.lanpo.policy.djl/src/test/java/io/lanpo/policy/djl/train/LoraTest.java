package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.fixture.NumberTokens;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import io.lanpo.policy.djl.model.WeightPlan.Weight;
import io.lanpo.policy.djl.network.HalfPrecision;
import io.lanpo.policy.djl.network.MatmulKind;
import io.lanpo.policy.djl.network.MatrixPacking;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.WeightInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoraTest {
  private static final AdamW STEP = new AdamW(1e-2, .9, .95, 1e-8, 0, 1);

  private final DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());

  static List<DecoderShape> shapes() {
    return List.of(TinyDecoders.llama(), TinyDecoders.switches());
  }

  /** Two groups, and prompts that begin alike. */
  private static List<Sequence> sequences() {
    List<Sequence> all = new ArrayList<>(TinyDecoders.sequences());
    all.addAll(TinyDecoders.familySequences());
    return all;
  }

  private static float[] gradient(Network network, boolean recompute) {
    Trainer trainer =
        new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 200, recompute);
    trainer.gradient(List.of(TinyDecoders.supervised(sequences())));
    return trainer.gradient().toFloatArray();
  }

  /** A network without adapters whose weights are the merged ones. */
  private static Network merged(Network adapted) {
    Network whole = TinyDecoders.network(adapted.shape(), 1);
    try (NDManager step = adapted.step()) {
      whole.store(whole.weights(), 0, adapted.merged(step).toFloatArray());
    }
    whole.weightsChanged();
    return whole;
  }

  static List<Arguments> adapted() {
    List<Arguments> all = new ArrayList<>();
    for (DecoderShape shape : shapes()) {
      all.add(Arguments.of(shape, MatmulKind.ONEDNN, LoraConfig.PROJECTIONS));
      all.add(Arguments.of(shape, MatmulKind.SINGLE, LoraConfig.PROJECTIONS));
      all.add(Arguments.of(shape, MatmulKind.ONEDNN, List.of("v_proj", "q_proj")));
      all.add(Arguments.of(shape, MatmulKind.ONEDNN, List.of("down_proj", "gate_proj")));
    }
    return all;
  }

  /** With the gradient dW of a merged matrix, dA = s B' dW and dB = s dW A'. */
  @ParameterizedTest
  @MethodSource("adapted")
  void gradientsFollowFromThoseOfTheMergedWeights(
      DecoderShape shape, MatmulKind matmul, List<String> targets) {
    try (Network adapted = TinyDecoders.adaptedNetwork(shape, 5, matmul, targets);
        Network whole = merged(adapted)) {
      float[] own = gradient(adapted, false);
      float[] full = gradient(whole, false);
      List<float[]> scores =
          new LogProbScorer(whole, TinyDecoders.ALONE, 200).logProbs(sequences(), 1);
      List<float[]> adaptedScores =
          new LogProbScorer(adapted, TinyDecoders.ALONE, 200).logProbs(sequences(), 1);
      for (int i = 0; i < scores.size(); i++) {
        assertArrayEquals(scores.get(i), adaptedScores.get(i), 2e-5f);
      }
      AdapterPlan plan = adapted.adapterPlan();
      double scale = plan.lora().scale();
      String[] matrices = {"qkv", "o_proj.weight", "gate_up", "down_proj.weight"};
      for (int layer = 0; layer < shape.layers(); layer++) {
        for (int m = 0; m < matrices.length; m++) {
          WeightPlan weights = adapted.plan();
          Weight matrix =
              weights
                  .weights()
                  .get(
                      weights.firstLayer()
                          + layer * weights.layerStride()
                          + weights.inLayer(matrices[m]));
          for (AdapterPlan.Target target : plan.targets(m)) {
            int index = layer * plan.layerStride() + target.index();
            Weight a = plan.weights().get(index);
            Weight b = plan.weights().get(index + 1);
            float[] fa = adapted.load(adapted.trainable(), a.offset(), a.size());
            float[] fb = adapted.load(adapted.trainable(), b.offset(), b.size());
            int rank = a.rows();
            int in = a.columns();
            double[] da = new double[fa.length];
            double[] db = new double[fb.length];
            for (int row = 0; row < target.rows(); row++) {
              for (int column = 0; column < in; column++) {
                long at = matrix.offset() + (long) (target.from() + row) * in + column;
                double d = scale * full[(int) at];
                for (int r = 0; r < rank; r++) {
                  da[r * in + column] += fb[row * rank + r] * d;
                  db[row * rank + r] += fa[r * in + column] * d;
                }
              }
            }
            assertNear(da, own, a);
            assertNear(db, own, b);
          }
        }
      }
    }
  }

  private static void assertNear(double[] expected, float[] all, Weight weight) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertTrue(largest > 0, weight.name());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], all[(int) weight.offset() + i], 1e-4 * largest, weight.name());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientCheckpointingGivesTheSameBits(DecoderShape shape) {
    try (Network network = TinyDecoders.adaptedNetwork(shape, 5)) {
      assertArrayEquals(gradient(network, false), gradient(network, true));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void completionsBehindACommonPrefixHaveTheLogProbsOfTheScorer(DecoderShape shape) {
    try (Network network = TinyDecoders.adaptedNetwork(shape, 5)) {
      List<GenerationRequest> requests =
          TinyDecoders.families().stream()
              .map(prompt -> new GenerationRequest(prompt, 2, Sampling.at(1, 9), prompt.length))
              .toList();
      List<List<Completion>> written =
          new Generator(network, TinyDecoders.ALONE, 9, 64, TinyDecoders.END).generate(requests);
      LogProbScorer scorer = new LogProbScorer(network, TinyDecoders.ALONE, 64);
      for (int i = 0; i < requests.size(); i++) {
        for (Completion c : written.get(i)) {
          Sequence sequence = new Sequence(requests.get(i).prompt(), c.tokens());
          assertArrayEquals(scorer.logProbs(List.of(sequence), 1).get(0), c.logProbs(), 2e-5f);
        }
      }
    }
  }

  /** Each a merged copy of the weights: once is enough, however many rows are written. */
  @Test
  void decodingHasOneSetOfMergedMatrices() {
    try (Network network = TinyDecoders.adaptedNetwork(TinyDecoders.llama(), 5)) {
      IValue few = network.matrices(1, false);
      assertSame(few, network.matrices(MatrixPacking.MIN_ROWS, false));
      network.weightsChanged();
      assertNotSame(few, network.matrices(1, false));
    }
  }

  /** Values as in PEFT: A uniform within ±1/√(inputs), B zero. */
  @Test
  void newAdaptersAddNothing() {
    try (Network network = TinyDecoders.adaptedNetwork(TinyDecoders.llama(), 5)) {
      WeightInitializer.fillAdapters(network, 1);
      for (Weight weight : network.adapterPlan().weights()) {
        float[] values = network.load(network.trainable(), weight.offset(), weight.size());
        double bound = weight.name().contains("lora_B") ? 0 : 1 / Math.sqrt(weight.columns());
        double largest = 0;
        double squares = 0;
        for (float value : values) {
          largest = Math.max(largest, Math.abs(value));
          squares += (double) value * value;
        }
        assertTrue(largest <= bound * (1 + 1e-6), weight.name());
        assertEquals(bound / Math.sqrt(3), Math.sqrt(squares / values.length), .15 * bound);
      }
      NDManager step = network.step();
      assertArrayEquals(network.weights().toFloatArray(), network.merged(step).toFloatArray());
      step.close();
    }
  }

  static List<Arguments> writing() {
    List<Arguments> all = new ArrayList<>();
    for (DecoderShape shape : shapes()) {
      all.add(Arguments.of(shape, MatmulKind.ONEDNN, 3e-5f));
      all.add(Arguments.of(shape, MatmulKind.SINGLE, 3e-5f));
      all.add(Arguments.of(shape, MatmulKind.HALF, .1f)); // merged weights are rounded once more
      if (HalfPrecision.byOneDnn()) {
        all.add(Arguments.of(shape, MatmulKind.HALF_ONEDNN, .1f));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("writing")
  void completionsFollowTheAdaptersAndTheWeightsStay(
      DecoderShape shape, MatmulKind matmul, float tolerance) {
    try (Network network = TinyDecoders.adaptedNetwork(shape, 5, matmul, LoraConfig.PROJECTIONS)) {
      float[] before = network.weights().toFloatArray();
      float[] factors = network.trainable().toFloatArray();
      Trainer trainer =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
      for (int rows : new int[] {3, 20}) {
        trainer.update(List.of(TinyDecoders.supervised()), STEP);
        int[] prompt = TinyDecoders.tokens(9, 2);
        GenerationRequest request = new GenerationRequest(prompt, rows, Sampling.at(1, 9), rows);
        for (Completion c :
            new Generator(network, TinyDecoders.ALONE, 32, 64, TinyDecoders.END)
                .generate(List.of(request))
                .get(0)) {
          Sequence written = new Sequence(prompt, c.tokens());
          float[] scored =
              new LogProbScorer(network, TinyDecoders.ALONE, 64)
                  .logProbs(List.of(written), 1)
                  .get(0);
          assertArrayEquals(scored, c.logProbs(), tolerance);
        }
      }
      assertArrayEquals(before, network.weights().toFloatArray());
      assertFalse(Arrays.equals(factors, network.trainable().toFloatArray()));
    }
  }

  // ---- checkpoints

  private Policy open(Path folder, String... more) {
    Map<String, String> given = new HashMap<>(Map.of("policy.lora.rank", "4"));
    for (int i = 0; i < more.length; i += 2) {
      given.put("policy." + more[i], more[i + 1]);
    }
    List<Setting<?>> declared = new ArrayList<>();
    backend.settings().forEach(setting -> declared.add(setting.prefixed("policy.")));
    return backend.open(folder, Settings.of("test", declared, given).under("policy."));
  }

  private static List<float[]> scores(Policy policy) {
    return policy.logProbs(TinyDecoders.sequences(), 1);
  }

  private static UpdateReport update(Policy policy) {
    return policy.update(List.of(TinyDecoders.supervised()), STEP);
  }

  /** So a KL penalty takes no second model. */
  @ParameterizedTest
  @CsvSource({"f32", "bf16"})
  void theWeightsUnderNewAdaptersAreTheReference(String precision, @TempDir Path folder) {
    Path start = PeerFixtures.folder("llama").toAbsolutePath();
    Path saved = folder.resolve("saved");
    List<float[]> expected;
    try (Policy policy = open(start, "precision", precision)) {
      expected = scores(policy);
      update(policy);
      update(policy);
      assertFalse(Arrays.equals(expected.get(0), scores(policy).get(0)));
      assertReference(expected, policy, start);
      policy.save(saved);
    }
    try (Policy resumed = open(saved, "precision", precision)) {
      assertReference(expected, resumed, start);
      assertTrue(resumed.reference(saved).isEmpty(), "its adapters are not new");
    }
    try (Policy whole = open(start, "lora.rank", "0")) {
      assertTrue(whole.reference(start).isEmpty());
    }
  }

  private static void assertReference(List<float[]> expected, Policy policy, Path start) {
    List<float[]> found =
        policy.reference(start).orElseThrow().logProbs(TinyDecoders.sequences(), 1);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({"llama, merged", "qwen2, adapter", "qwen3, adapter", "llama3, merged"})
  void goesOnFromACheckpointToTheBit(String name, String form, @TempDir Path folder) {
    Path fixture = PeerFixtures.folder(name).toAbsolutePath();
    try (Policy policy =
            open(fixture, "lora.save", form, "lora.targets", "q_proj,k_proj,o_proj,up_proj");
        Policy base = open(fixture, "lora.rank", "0")) {
      for (int i = 0; i < scores(base).size(); i++) {
        assertArrayEquals(scores(base).get(i), scores(policy).get(i), 1e-6f);
      }
      update(policy);
      update(policy);
      policy.save(folder.resolve("c"));
      assertEquals(form.equals("merged"), Files.exists(folder.resolve("c/model.safetensors")));
      assertNotEquals(scores(base).get(0)[0], scores(policy).get(0)[0]);
      UpdateReport next = update(policy);
      try (Policy opened =
          open(folder.resolve("c"), "lora.targets", "q_proj,k_proj,o_proj,up_proj")) {
        assertEquals(2, opened.version());
        assertEquals(next, update(opened));
        assertArrayEquals(scores(policy).get(2), scores(opened).get(2));
        opened.save(folder.resolve("d"));
      }
      if (form.equals("merged")) {
        policy.save(folder.resolve("m"));
        try (Policy whole = open(folder.resolve("m"), "lora.rank", "0")) {
          assertArrayEquals(scores(policy).get(1), scores(whole).get(1), 3e-5f);
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused(@TempDir Path folder) throws IOException {
    Path fixture = PeerFixtures.folder("llama").toAbsolutePath();
    Path saved = folder.resolve("c");
    try (Policy policy = open(fixture, "lora.save", "adapter")) {
      policy.save(saved);
    }
    refused("r = 4, but policy.lora.rank = 8", saved, "lora.rank", "8");
    refused("lora_alpha = 16.0, but policy.lora.alpha = 32.0", saved, "lora.alpha", "32");
    refused("policy.lora.targets = [q_proj]", saved, "lora.targets", "q_proj");
    refused("adapters of rank 4 and no whole model", saved, "lora.rank", "0");
    refused("names \"q\", which is no projection", fixture, "lora.targets", "q");
    Path config = saved.resolve("adapter/adapter_config.json");
    Files.writeString(
        config, Files.readString(config).replace(fixture.toString(), "/nowhere/at/all"));
    refused("base_model_name_or_path = /nowhere/at/all is not a folder", saved);
    Settings settings =
        Settings.of("test", backend.settings(), Map.of("lora.rank", "4", "family", "llama"));
    assertThrows(UserException.class, () -> backend.create(settings, new NumberTokens(96), 1));
  }

  private void refused(String part, Path folder, String... more) {
    UserException e = assertThrows(UserException.class, () -> open(folder, more));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
