package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.libs.objective.KlPenalty;
import io.lanpo.libs.objective.PenalisedLoss;
import io.lanpo.libs.objective.SequenceRatio;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.fixture.Oracle;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Losses and gradients of the field's objectives on a dumped batch against those of their formulas
 * in PyTorch, and of TRL where it has them, with one micro-batch and with many.
 */
class ObjectiveParityTest {
  private static final String MODEL = "llama";
  private static final double LOSS_TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(ints = {4096, 30})
  void lossAndGradientsAreThoseOfTheFormulas(int budget, @TempDir Path folder) throws IOException {
    JsonObject all = PeerFixtures.json("objectives.json");
    JsonObject batch =
        PeerFixtures.json("grpo.json").getAsJsonObject("checkpoints").getAsJsonObject(MODEL);
    ModelConfig config = ModelConfig.read(PeerFixtures.folder(MODEL));
    try (Network network = new Network(Families.of(config).shape(config), Device.cpu(), 1)) {
      OptimizerState state = new OptimizerState(network);
      new Checkpoint(network, state).read(PeerFixtures.folder(MODEL));
      try (Trainer trainer = new Trainer(network, TinyDecoders.ALONE, state, budget, false)) {
        for (JsonElement element : all.getAsJsonArray(MODEL)) {
          JsonObject expected = element.getAsJsonObject();
          LossTerm term = term(all, batch, expected);
          TermReport report = trainer.gradient(List.of(term)).get(term.name());
          String what = what(expected);
          double loss = expected.get("loss").getAsDouble();
          assertEquals(loss, report.loss(), LOSS_TOLERANCE * Math.max(1, Math.abs(loss)), what);
          assertEquals(
              report.clippedShare(), report.clippedLowShare() + report.clippedHighShare(), 1e-12);
          compare(all, expected, Oracle.tensors(network, trainer.gradient(), folder));
        }
      }
    }
  }

  private static String what(JsonObject expected) {
    return "%s %s kl %s dual %s entropy %s"
        .formatted(
            expected.get("objective"),
            expected.get("temperature"),
            expected.get("kl"),
            expected.get("dual"),
            expected.get("entropy"));
  }

  private static LossTerm term(JsonObject all, JsonObject batch, JsonObject expected) {
    double temperature = expected.get("temperature").getAsDouble();
    JsonObject logProbs =
        batch.getAsJsonArray("log_probabilities").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(p -> p.get("temperature").getAsDouble() == temperature)
            .findFirst()
            .orElseThrow();
    List<Integer> absent =
        Arrays.stream(PeerFixtures.integers(expected.get("absent"))).boxed().toList();
    boolean penalised = expected.get("kl").getAsInt() > 0;
    JsonArray completions = batch.getAsJsonArray("completions");
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < completions.size(); i++) {
      if (absent.contains(i)) {
        continue;
      }
      int[] completion = PeerFixtures.integers(completions.get(i));
      int[] prompt = PeerFixtures.integers(batch.getAsJsonArray("prompts").get(i / 4));
      float[] scale = new float[completion.length];
      Arrays.fill(scale, expected.getAsJsonArray("scales").get(i).getAsFloat());
      examples.add(
          new TrainingExample(
              new Sequence(prompt, completion),
              scale,
              advantages(expected.getAsJsonArray("advantages").get(i), completion.length),
              PeerFixtures.floats(logProbs.getAsJsonArray("old").get(i)),
              penalised
                  ? PeerFixtures.floats(logProbs.getAsJsonArray("reference").get(i))
                  : new float[0]));
    }
    return new LossTerm("objective", loss(all, expected, temperature), examples);
  }

  /** One for all tokens, or each token's own. */
  private static float[] advantages(JsonElement given, int length) {
    if (given.isJsonArray()) {
      return PeerFixtures.floats(given);
    }
    float[] same = new float[length];
    Arrays.fill(same, given.getAsFloat());
    return same;
  }

  private static Loss loss(JsonObject all, JsonObject expected, double temperature) {
    double low = all.get("clip_low").getAsDouble();
    double high = all.get("clip_high").getAsDouble();
    int estimator = expected.get("kl").getAsInt();
    double beta = estimator > 0 ? all.get("beta").getAsDouble() : 0;
    String objective = expected.get("objective").getAsString();
    if (objective.equals("gspo")) {
      TokenLoss ratio = new SequenceRatio(low, high);
      return new Loss.Custom(
          beta > 0
              ? new PenalisedLoss(
                  ratio, new KlPenalty(beta, Loss.KlEstimator.values()[estimator - 1]))
              : ratio,
          temperature);
    }
    boolean cispo = objective.equals("cispo");
    return new Loss.ClippedSurrogate(cispo ? 1 : low, high, beta, temperature)
        .withForm(cispo ? Loss.SurrogateForm.CISPO : Loss.SurrogateForm.PPO)
        .withKlEstimator(Loss.KlEstimator.values()[estimator > 0 ? estimator - 1 : 2])
        .withDualClip(expected.get("dual").getAsDouble())
        .withEntropy(expected.get("entropy").getAsDouble());
  }

  private static void compare(
      JsonObject all, JsonObject expected, Map<String, Oracle.Values> found) {
    double whole = expected.get("gradient_norm").getAsDouble();
    JsonArray parameters = all.getAsJsonArray("parameters");
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).getAsString();
      double sum = 0;
      for (float g : found.get(name).values()) {
        sum += (double) g * g;
      }
      assertEquals(
          expected.getAsJsonArray("gradient_norms").get(i).getAsDouble(),
          Math.sqrt(sum),
          GRADIENT_TOLERANCE * whole,
          what(expected) + ": " + name);
    }
    String stored = expected.get("gradient").getAsString();
    if (!stored.isEmpty()) {
      compare(what(expected), stored, found.get("model.norm.weight").values());
    }
  }

  private static void compare(String what, String stored, float[] own) {
    FloatBuffer values =
        ByteBuffer.wrap(Base64.getDecoder().decode(stored))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertEquals(values.remaining(), own.length, what);
    double difference = 0;
    double size = 0;
    for (float g : own) {
      double wanted = values.get();
      difference += (g - wanted) * (g - wanted);
      size += wanted * wanted;
    }
    assertTrue(
        Math.sqrt(difference) <= GRADIENT_TOLERANCE * Math.sqrt(size),
        "%s: %s of %s".formatted(what, Math.sqrt(difference), Math.sqrt(size)));
  }
}
