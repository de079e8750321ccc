package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tiny checkpoints of every family, written by transformers, against what transformers computes
 * from them; see {@code integration-tests/peers}.
 */
class CheckpointParityTest {
  private static final int VOCABULARY = PeerFixtures.VOCABULARY;
  private static final double TOLERANCE = 1e-4;

  private final DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());

  private Policy open(Path folder) {
    return backend.open(folder, Settings.defaults(backend.settings()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama3", "llama3-hub", "qwen2", "qwen3"})
  void logitsAndGreedyTokensAreThoseOfTransformers(String name, @TempDir Path folder)
      throws IOException {
    JsonObject reference = PeerFixtures.json(name + "/reference.json");
    try (Policy policy = open(PeerFixtures.folder(name))) {
      check(policy, reference);
      policy.save(folder.resolve("saved"));
    }
    try (Policy saved = open(folder.resolve("saved"))) {
      check(saved, reference);
    }
  }

  private static void check(Policy policy, JsonObject reference) {
    for (JsonElement element : reference.getAsJsonArray("prompts")) {
      JsonObject shown = element.getAsJsonObject();
      int[] tokens = PeerFixtures.integers(shown.getAsJsonArray("prompt_ids"));
      for (JsonElement place : shown.getAsJsonArray("logits")) {
        JsonObject at = place.getAsJsonObject();
        int[] context = Arrays.copyOf(tokens, at.get("position").getAsInt() + 1);
        assertArrayEquals(logProbs(at.getAsJsonArray("values")), next(policy, context), TOLERANCE);
      }
      checkGreedy(policy, tokens, PeerFixtures.integers(shown.getAsJsonArray("greedy_ids")));
    }
  }

  /** Every token of transformers is the most probable here, up to rounding, and is written. */
  private static void checkGreedy(Policy policy, int[] prompt, int[] greedy) {
    Sampling sampling = Sampling.at(0, greedy.length);
    int[] written =
        policy
            .generate(List.of(new GenerationRequest(prompt, 1, sampling, 1)))
            .get(0)
            .get(0)
            .tokens();
    int[] all = Arrays.copyOf(prompt, prompt.length + greedy.length);
    System.arraycopy(greedy, 0, all, prompt.length, greedy.length);
    boolean same = true;
    for (int i = 0; i < greedy.length; i++) {
      double[] next = next(policy, Arrays.copyOf(all, prompt.length + i));
      double best = Arrays.stream(next).max().orElseThrow();
      assertEquals(best, next[greedy[i]], 2 * TOLERANCE, "token " + i);
      if (same) {
        // of two that are as good as equal either may be written, and another text follows
        assertEquals(best, next[written[i]], 2 * TOLERANCE, "token " + i);
        same = written[i] == greedy[i];
      }
    }
  }

  /** Log-probabilities of every token after a context. */
  private static double[] next(Policy policy, int[] context) {
    List<Sequence> each = new ArrayList<>();
    for (int token = 0; token < VOCABULARY; token++) {
      each.add(new Sequence(context, new int[] {token}));
    }
    return policy.logProbs(each, 1).stream().mapToDouble(p -> p[0]).toArray();
  }

  private static double[] logProbs(JsonArray logits) {
    double[] x = logits.asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
    assertEquals(VOCABULARY, x.length);
    double top = Arrays.stream(x).max().orElseThrow();
    double sum = Arrays.stream(x).map(v -> Math.exp(v - top)).sum();
    return Arrays.stream(x).map(v -> v - top - Math.log(sum)).toArray();
  }
}
