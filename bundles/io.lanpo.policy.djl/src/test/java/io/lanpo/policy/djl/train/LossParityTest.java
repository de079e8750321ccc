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
import io.lanpo.api.policy.TrainingExample;
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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Loss and gradients of a dumped batch against those of TRL's GRPO trainer, which read every
 * sequence with a prompt of its own; here a group shares its prompt.
 */
class LossParityTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({"llama, 4096", "llama, 30", "qwen3, 4096", "qwen3, 30"})
  void lossAndGradientsAreThoseOfTrl(String name, int budget, @TempDir Path folder)
      throws IOException {
    JsonObject all = PeerFixtures.json("grpo.json");
    JsonObject batch = all.getAsJsonObject("checkpoints").getAsJsonObject(name);
    ModelConfig config = ModelConfig.read(PeerFixtures.folder(name));
    try (Network network = new Network(Families.of(config).shape(config), Device.cpu(), 1)) {
      OptimizerState state = new OptimizerState(network);
      new Checkpoint(network, state).read(PeerFixtures.folder(name));
      try (Trainer trainer = new Trainer(network, TinyDecoders.ALONE, state, budget, false)) {
        for (JsonElement element : batch.getAsJsonArray("cases")) {
          JsonObject expected = element.getAsJsonObject();
          LossTerm term = term(all, batch, expected);
          TermReport report = trainer.gradient(List.of(term)).get(term.name());
          double loss = expected.get("loss").getAsDouble();
          assertEquals(loss, report.loss(), TOLERANCE * Math.max(1, Math.abs(loss)));
          compare(expected, Oracle.tensors(network, trainer.gradient(), folder));
        }
      }
    }
  }

  private static LossTerm term(JsonObject all, JsonObject batch, JsonObject expected) {
    double temperature = expected.get("temperature").getAsDouble();
    double beta = expected.get("beta").getAsDouble();
    JsonObject logProbs =
        batch.getAsJsonArray("log_probabilities").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(p -> p.get("temperature").getAsDouble() == temperature)
            .findFirst()
            .orElseThrow();
    JsonArray completions = batch.getAsJsonArray("completions");
    int tokens = completions.asList().stream().mapToInt(c -> c.getAsJsonArray().size()).sum();
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < completions.size(); i++) {
      int[] completion = PeerFixtures.integers(completions.get(i));
      int[] prompt =
          PeerFixtures.integers(
              batch.getAsJsonArray("prompts").get(i / all.get("group_size").getAsInt()));
      double normaliser =
          switch (expected.get("loss_type").getAsString()) {
            case "grpo" -> (double) completion.length * completions.size();
            case "bnpo", "dapo" -> tokens;
            case "dr_grpo" ->
                (double) completions.size() * all.get("max_completion_length").getAsInt();
            default -> throw new IllegalArgumentException(expected.toString());
          };
      float[] scale = new float[completion.length];
      Arrays.fill(scale, (float) (1 / normaliser));
      float[] advantages = new float[completion.length];
      Arrays.fill(advantages, batch.getAsJsonArray("advantages").get(i).getAsFloat());
      examples.add(
          new TrainingExample(
              new Sequence(prompt, completion),
              scale,
              advantages,
              PeerFixtures.floats(logProbs.getAsJsonArray("old").get(i)),
              beta == 0
                  ? new float[0]
                  : PeerFixtures.floats(logProbs.getAsJsonArray("reference").get(i))));
    }
    double low = all.get("clip_low").getAsDouble();
    double high = all.get("clip_high").getAsDouble();
    return new LossTerm("pg", new Loss.ClippedSurrogate(low, high, beta, temperature), examples);
  }

  private static void compare(JsonObject expected, Map<String, Oracle.Values> found) {
    double largest = expected.get("gradient_norm").getAsDouble();
    expected
        .getAsJsonObject("gradient_norms")
        .asMap()
        .forEach(
            (name, norm) -> {
              double sum = 0;
              for (float g : found.get(name).values()) {
                sum += (double) g * g;
              }
              assertEquals(norm.getAsDouble(), Math.sqrt(sum), TOLERANCE * largest, name);
            });
    Map<String, JsonElement> whole = expected.getAsJsonObject("gradients").asMap();
    assertTrue(!whole.isEmpty());
    whole.forEach(
        (name, text) -> {
          FloatBuffer values =
              ByteBuffer.wrap(Base64.getDecoder().decode(text.getAsString()))
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .asFloatBuffer();
          float[] own = found.get(name).values();
          assertEquals(values.remaining(), own.length, name);
          double difference = 0;
          double size = 0;
          for (float g : own) {
            double wanted = values.get();
            difference += (g - wanted) * (g - wanted);
            size += wanted * wanted;
          }
          assertTrue(
              Math.sqrt(difference) <= TOLERANCE * Math.sqrt(size),
              "%s: %s of %s".formatted(name, Math.sqrt(difference), Math.sqrt(size)));
        });
  }
}
