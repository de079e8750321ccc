package io.lanpo.policy.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.MemoryEstimate.Part;
import io.lanpo.api.policy.Workload;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryEstimatorTest {
  private static final Workload LEARNING = new Workload(64, 8, 128, 128, true);

  private final DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());

  private MemoryEstimate estimate(Workload workload, String... more) {
    Map<String, String> given =
        new HashMap<>(
            Map.of(
                "family", "llama", "width", "512", "layers", "12", "heads", "8", "kv-heads", "4"));
    for (int i = 0; i < more.length; i += 2) {
      given.put(more[i], more[i + 1]);
    }
    return backend.memory(32000, Settings.of("test", backend.settings(), given), workload);
  }

  private static long bytes(MemoryEstimate estimate, String name) {
    return estimate.parts().stream()
        .filter(part -> part.name().equals(name))
        .mapToLong(Part::bytes)
        .sum();
  }

  @Test
  void learningTakesGradientsAndMomentsBesideTheWeights() {
    MemoryEstimate learning = estimate(LEARNING);
    long weights = bytes(learning, "weights");
    assertTrue(weights > 4L * 32000 * 512);
    assertEquals(weights, bytes(learning, "gradients"));
    assertEquals(2 * weights, bytes(learning, "optimizer state"));
    assertEquals(weights, bytes(estimate(LEARNING, "workers", "2"), "gradients"));
    assertEquals(weights, bytes(estimate(LEARNING, "moments", "bf16"), "optimizer state"));
    MemoryEstimate writing = estimate(new Workload(64, 8, 128, 128, false));
    assertEquals(0, bytes(writing, "gradients"));
    assertTrue(writing.bytes() < learning.bytes());
  }

  @Test
  void adaptersTakeLittleBesideTheFrozenWeights() {
    MemoryEstimate whole = estimate(LEARNING);
    MemoryEstimate adapted = estimate(LEARNING, "lora.rank", "16");
    assertEquals(bytes(whole, "weights"), bytes(adapted, "weights"));
    long factors = 12L * 16 * Float.BYTES * (512 + 512 + 512 + 256); // of q_proj and v_proj
    assertEquals(factors, bytes(adapted, "gradients"));
    assertEquals(2 * factors, bytes(adapted, "optimizer state"));
  }

  @Test
  void oneRowTakesACopyOfLargeMatricesAndOfMergedOnes() {
    Workload alone = new Workload(1, 1, 128, 128, false);
    String copy = "matrices laid out for decoding";
    assertTrue(bytes(estimate(alone), copy) > 0);
    Settings settings = Settings.defaults(backend.settings());
    assertEquals(0, bytes(backend.memory(PeerFixtures.folder("llama"), settings, alone), copy));
    Settings adapted = Settings.of("test", backend.settings(), Map.of("lora.rank", "4"));
    assertTrue(bytes(backend.memory(PeerFixtures.folder("llama"), adapted, alone), copy) > 0);
  }

  /** Those of an evaluation are larger than those in int8, and never beside them. */
  @Test
  void matricesInInt8TakeNoRoomBesideOthers() {
    MemoryEstimate usual = estimate(LEARNING);
    assertEquals(usual.bytes(), estimate(LEARNING, "rollout-precision", "int8").bytes());
  }

  /** Advice that would only lead to the next refusal is none. */
  @Test
  void adaptersAreAdvisedWhereTheyArePossible() {
    Settings settings = Settings.defaults(backend.settings());
    assertTrue(
        advice(backend.memory(PeerFixtures.folder("llama"), settings, LEARNING))
            .contains("lora.rank"));
    assertEquals("set moments=bf16", advice(estimate(LEARNING)));
    assertEquals("", advice(estimate(LEARNING, "moments", "bf16")));
  }

  /** A small decoder is learned by all workers at once, a large one by one of them. */
  @Test
  void workersOfASmallDecoderHaveAGradientEach() {
    String[] small = {"width", "64", "layers", "1", "heads", "2", "kv-heads", "1"};
    List<String> more = new ArrayList<>(List.of(small));
    long one = bytes(estimate(LEARNING, small), "gradients");
    more.addAll(List.of("workers", "3"));
    assertEquals(3 * one, bytes(estimate(LEARNING, more.toArray(new String[0])), "gradients"));
  }

  private static String advice(MemoryEstimate estimate) {
    return estimate.parts().stream()
        .filter(part -> part.name().equals("optimizer state"))
        .map(Part::advice)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsAdvisedMakesItSmaller() {
    long activations = bytes(estimate(LEARNING), "activations");
    MemoryEstimate recomputing = estimate(LEARNING, "gradient-checkpointing", "true");
    assertTrue(bytes(recomputing, "activations") < activations / 2);
    assertTrue(bytes(estimate(LEARNING, "update-tokens", "1200"), "activations") < activations / 4);
    Workload few = new Workload(8, 8, 128, 128, true);
    assertTrue(bytes(estimate(few), "activations") < activations / 4);
    Workload many = new Workload(4096, 8, 512, 512, false);
    long keys = bytes(estimate(many, "batch", "4096"), "keys and values");
    assertTrue(bytes(estimate(many, "batch", "64"), "keys and values") < keys / 32);
  }
}
