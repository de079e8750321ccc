package io.lanpo.policy.tinker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.TermReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The protocol against conversations with a real server (SkyRL 0.4.0, backend for JAX on CPU),
 * which {@link Recorder} wrote down. Every request must be the same to the last byte.
 */
public final class ContractTest {
  private static final Path FIXTURES = Path.of("../../integration-tests/peers/fixtures");
  private static final Path RECORDINGS = Path.of("src/test/resources/skyrl");

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3"})
  void theConversationIsTheRecordedOne(String model) throws IOException {
    Scenario.Outcome outcome;
    try (ReplayServer server = new ReplayServer(RECORDINGS.resolve(model + ".jsonl"))) {
      outcome =
          Scenario.run(
              Scenario.settings(Map.of("url", server.url())), FIXTURES.resolve(model), work);
      assertEquals(List.of(), server.differences());
      assertEquals(0, server.left());
    }
    assertEquals(1, outcome.version());
    assertSamples(outcome.sampled());
    assertSame(outcome.after(), outcome.restored());
    assertUpdate(outcome);
  }

  private static void assertSamples(List<List<Completion>> sampled) {
    assertEquals(List.of(2, 1), sampled.stream().map(List::size).toList());
    for (List<Completion> group : sampled) {
      for (Completion completion : group) {
        assertEquals(completion.tokens().length, completion.logProbs().length);
        assertTrue(completion.tokens().length <= 4);
      }
    }
  }

  /** What was saved and loaded scores as before, to the last bit. */
  private static void assertSame(List<float[]> saved, List<float[]> loaded) {
    for (int i = 0; i < saved.size(); i++) {
      assertArrayEquals(saved.get(i), loaded.get(i));
    }
  }

  /** The server's losses, scaled back, are ours; and the step went downhill. */
  private static void assertUpdate(Scenario.Outcome outcome) {
    float[] first = outcome.before().get(0);
    float[] second = outcome.before().get(1);
    // ratios e^0.5, 1 and e^-0.5; the first is clipped to 1.3
    double surrogate = -0.1 * (1.3 + 1 + Math.exp(-0.5)) + 0.2 * 2;
    TermReport gradient = outcome.report().terms().get("policy-gradient");
    assertEquals(surrogate, gradient.loss(), 1e-5);
    assertEquals(5, gradient.tokens());
    assertEquals(0.2, gradient.clippedShare(), 1e-9);
    assertEquals((Math.exp(0.5) + 1 + Math.exp(-0.5) + 2) / 5, gradient.ratio(), 1e-5);
    TermReport replay = outcome.report().terms().get("replay");
    assertEquals(-0.3 * second[0] - 0.1 * second[1], replay.loss(), 1e-5);
    assertTrue(outcome.report().gradientNorm() > 0);
    double before = first[1] + first[2];
    double after = outcome.after().get(0)[1] + outcome.after().get(0)[2];
    assertTrue(after > before, before + " to " + after);
  }

  /** The server's scores are those of transformers, which wrote the checkpoint. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3"})
  void theServersScoresAreThoseOfTransformers(String model) throws IOException {
    Path folder = FIXTURES.resolve(model);
    JsonElement prompt =
        JsonParser.parseString(Files.readString(folder.resolve("reference.json")))
            .getAsJsonObject()
            .getAsJsonArray("prompts")
            .get(0);
    assertEquals("[83,48,21,70,51]", prompt.getAsJsonObject().get("prompt_ids").toString());
    JsonArray logits = prompt.getAsJsonObject().getAsJsonArray("logits");
    try (ReplayServer server = new ReplayServer(RECORDINGS.resolve(model + ".jsonl"))) {
      Scenario.Outcome outcome =
          Scenario.run(Scenario.settings(Map.of("url", server.url())), folder, work);
      int compared = 0;
      for (JsonElement logit : logits) {
        int position = logit.getAsJsonObject().get("position").getAsInt();
        if (position < Scenario.FIRST.completion().length) {
          float expected =
              logProb(
                  logit.getAsJsonObject().getAsJsonArray("values"),
                  Scenario.FIRST.completion()[position]);
          assertEquals(expected, outcome.before().get(0)[position], 1e-4);
          compared++;
        }
      }
      assertEquals(2, compared);
    }
  }

  private static float logProb(JsonArray logits, int token) {
    double sum = 0;
    for (JsonElement logit : logits) {
      sum += Math.exp(logit.getAsDouble());
    }
    return (float) (logits.get(token).getAsDouble() - Math.log(sum));
  }
}
