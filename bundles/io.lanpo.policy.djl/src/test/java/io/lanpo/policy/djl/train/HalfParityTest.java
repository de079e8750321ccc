package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.fixture.Oracle;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import io.lanpo.policy.djl.network.HalfPrecision;
import io.lanpo.policy.djl.network.MatmulKind;
import io.lanpo.policy.djl.network.MemoryProfile;
import io.lanpo.policy.djl.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log-probabilities and gradients in bf16 are as near to those in f32 as TRL's under autocast are
 * to its own. Rounding is at random: a case may do a little worse than TRL's, all of them together
 * must not.
 */
class HalfParityTest {
  /** In a single tensor of a single case, of tens to thousands of numbers, chance has its share. */
  private static final double ONE_TENSOR = 2;

  private static final double ALL_TENSORS = 1.5;

  /** A loss is one number a case, in which tokens with either sign of the advantage cancel. */
  private static final double ONE_LOSS = 3;

  private static final List<String> CHECKPOINTS = List.of("llama", "qwen3");

  static List<Arguments> cases() {
    return CHECKPOINTS.stream()
        .flatMap(
            name ->
                Stream.of(MatmulKind.HALF, MatmulKind.HALF_ONEDNN)
                    .filter(kind -> kind == MatmulKind.HALF || HalfPrecision.byOneDnn())
                    .map(kind -> Arguments.of(name, kind)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bf16IsAsNearToF32AsInTrl(String name, MatmulKind kind, @TempDir Path folder)
      throws IOException {
    JsonObject all = PeerFixtures.json("grpo.json");
    JsonObject batch = all.getAsJsonObject("checkpoints").getAsJsonObject(name);
    List<JsonObject> expected = expected(name);
    double ours = 0;
    double theirs = 0;
    double gap = 0;
    double theirGap = 0;
    try (Network half = network(name, kind);
        Network single = network(name, MatmulKind.SINGLE)) {
      for (JsonObject of : expected) {
        LossTerm term = term(all, batch, of);
        Distance distance =
            Distance.of(gradient(single, term, folder), gradient(half, term, folder));
        for (Map.Entry<String, JsonElement> tensor : of.getAsJsonObject("distances").entrySet()) {
          double found = distance.ofTensor(tensor.getKey());
          assertTrue(
              found <= ONE_TENSOR * tensor.getValue().getAsDouble(),
              "%s: %s, TRL %s".formatted(tensor.getKey(), found, tensor.getValue()));
        }
        double whole = of.get("distance").getAsDouble();
        assertTrue(
            distance.whole() <= ALL_TENSORS * whole,
            "%s of TRL's %s".formatted(distance.whole(), whole));
        ours += distance.whole();
        theirs += whole;
        double temperature = of.get("temperature").getAsDouble();
        List<Sequence> sequences = term.examples().stream().map(TrainingExample::sequence).toList();
        gap += gap(scores(half, sequences, temperature), scores(single, sequences, temperature));
        theirGap += of.get("log_probability_gap").getAsDouble();
      }
    }
    assertTrue(ours <= theirs, "gradients %s, TRL's %s".formatted(ours, theirs));
    assertTrue(gap <= 1.2 * theirGap, "log-probabilities %s, TRL's %s".formatted(gap, theirGap));
  }

  /** With ratios to the policy in f32, in all cases together. */
  @Test
  void lossesAreAsNearToThoseInF32AsInTrl() throws IOException {
    JsonObject all = PeerFixtures.json("grpo.json");
    double ours = 0;
    double theirs = 0;
    for (String name : CHECKPOINTS) {
      JsonObject batch = all.getAsJsonObject("checkpoints").getAsJsonObject(name);
      try (Network half = network(name, MatmulKind.HALF);
          Network single = network(name, MatmulKind.SINGLE)) {
        for (JsonObject of : expected(name)) {
          LossTerm term = sampledBy(single, term(all, batch, of), of);
          ours += Math.abs(loss(half, term) - loss(single, term));
          theirs += of.get("loss_gap").getAsDouble();
        }
      }
    }
    assertTrue(ours <= ONE_LOSS * theirs, "%s, TRL's %s".formatted(ours, theirs));
  }

  private static List<JsonObject> expected(String name) throws IOException {
    return PeerFixtures.json("half.json")
        .getAsJsonObject("checkpoints")
        .getAsJsonArray(name)
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** A term with a network's log-probabilities as those of sampling; no ratio is clipped. */
  private static LossTerm sampledBy(Network network, LossTerm term, JsonObject of) {
    double temperature = of.get("temperature").getAsDouble();
    List<Sequence> sequences = term.examples().stream().map(TrainingExample::sequence).toList();
    List<float[]> sampled = scores(network, sequences, temperature);
    List<TrainingExample> examples = new ArrayList<>();
    for (TrainingExample example : term.examples()) {
      examples.add(
          new TrainingExample(
              example.sequence(),
              example.scale(),
              example.advantages(),
              sampled.get(examples.size()),
              new float[0]));
    }
    return new LossTerm("pg", new Loss.ClippedSurrogate(1, 100, 0, temperature), examples);
  }

  private static double loss(Network network, LossTerm term) {
    OptimizerState state = new OptimizerState(network);
    try (Trainer trainer = new Trainer(network, TinyDecoders.ALONE, state, 4096, false)) {
      return trainer.gradient(List.of(term)).get(term.name()).loss();
    }
  }

  private static Network network(String name, MatmulKind kind) {
    ModelConfig config = ModelConfig.read(PeerFixtures.folder(name));
    DecoderShape shape = Families.of(config).shape(config);
    MemoryProfile profile = MemoryProfile.of(new WeightPlan(shape));
    Network network = new Network(shape, LoraConfig.NONE, Device.cpu(), 1, kind, profile, false);
    new Checkpoint(network, new OptimizerState(network)).read(PeerFixtures.folder(name));
    return network;
  }

  /** The policy is the one that sampled, so that nothing is clipped. */
  private static LossTerm term(JsonObject all, JsonObject batch, JsonObject of) {
    List<TrainingExample> examples = new ArrayList<>();
    List<JsonElement> completions = batch.getAsJsonArray("completions").asList();
    int tokens = completions.stream().mapToInt(c -> c.getAsJsonArray().size()).sum();
    for (int i = 0; i < completions.size(); i++) {
      int[] completion = PeerFixtures.integers(completions.get(i));
      int group = i / all.get("group_size").getAsInt();
      float[] scale = new float[completion.length];
      boolean bySequence = of.get("loss_type").getAsString().equals("grpo");
      double normaliser = bySequence ? (double) completion.length * completions.size() : tokens;
      Arrays.fill(scale, (float) (1 / normaliser));
      float[] advantages = new float[completion.length];
      Arrays.fill(advantages, batch.getAsJsonArray("advantages").get(i).getAsFloat());
      examples.add(
          new TrainingExample(
              new Sequence(
                  PeerFixtures.integers(batch.getAsJsonArray("prompts").get(group)), completion),
              scale,
              advantages,
              new float[0],
              new float[0]));
    }
    double temperature = of.get("temperature").getAsDouble();
    return new LossTerm("pg", new Loss.ClippedSurrogate(.2, .28, 0, temperature), examples);
  }

  private static Map<String, Oracle.Values> gradient(Network network, LossTerm term, Path folder) {
    OptimizerState state = new OptimizerState(network);
    try (Trainer trainer = new Trainer(network, TinyDecoders.ALONE, state, 4096, false)) {
      trainer.gradient(List.of(term));
      return Oracle.tensors(network, trainer.gradient(), folder);
    }
  }

  private static List<float[]> scores(Network network, List<Sequence> sequences, double t) {
    return new LogProbScorer(network, TinyDecoders.ALONE, 4096).logProbs(sequences, t);
  }

  private static double gap(List<float[]> some, List<float[]> others) {
    double sum = 0;
    int tokens = 0;
    for (int i = 0; i < some.size(); i++) {
      assertEquals(some.get(i).length, others.get(i).length);
      for (int t = 0; t < some.get(i).length; t++) {
        sum += Math.abs((double) some.get(i)[t] - others.get(i)[t]);
        tokens++;
      }
    }
    return sum / tokens;
  }

  /** Of gradients in bf16 from those in f32: norm of the difference by norm. */
  private record Distance(Map<String, Oracle.Values> exact, Map<String, Oracle.Values> rounded) {
    static Distance of(Map<String, Oracle.Values> exact, Map<String, Oracle.Values> rounded) {
      return new Distance(exact, rounded);
    }

    double ofTensor(String name) {
      return Math.sqrt(difference(name) / size(name));
    }

    double whole() {
      return Math.sqrt(
          exact.keySet().stream().mapToDouble(this::difference).sum()
              / exact.keySet().stream().mapToDouble(this::size).sum());
    }

    private double difference(String name) {
      float[] a = exact.get(name).values();
      float[] b = rounded.get(name).values();
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      }
      return sum;
    }

    private double size(String name) {
      double sum = 0;
      for (float a : exact.get(name).values()) {
        sum += (double) a * a;
      }
      return sum;
    }
  }
}
