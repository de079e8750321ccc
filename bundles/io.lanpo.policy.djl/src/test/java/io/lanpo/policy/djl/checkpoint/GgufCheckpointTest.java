package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sequence;
import io.lanpo.fuzz.Fuzz;
import io.lanpo.gguf.GgufBytes;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny checkpoints as files of llama.cpp, with its names and its order of a head's rows. */
class GgufCheckpointTest {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("model.embed_tokens", "token_embd"),
          Map.entry("model.norm", "output_norm"),
          Map.entry("lm_head", "output"),
          Map.entry("input_layernorm", "attn_norm"),
          Map.entry("post_attention_layernorm", "ffn_norm"),
          Map.entry("self_attn.q_proj", "attn_q"),
          Map.entry("self_attn.k_proj", "attn_k"),
          Map.entry("self_attn.v_proj", "attn_v"),
          Map.entry("self_attn.o_proj", "attn_output"),
          Map.entry("self_attn.q_norm", "attn_q_norm"),
          Map.entry("self_attn.k_norm", "attn_k_norm"),
          Map.entry("mlp.gate_proj", "ffn_gate"),
          Map.entry("mlp.up_proj", "ffn_up"),
          Map.entry("mlp.down_proj", "ffn_down"));

  @TempDir Path folder;

  private static GgufBytes notes(String family) {
    JsonObject config = ModelConfig.read(PeerFixtures.folder(family)).content();
    GgufBytes file = new GgufBytes().note("general.architecture", family);
    Map.of(
            "embedding_length", "hidden_size",
            "block_count", "num_hidden_layers",
            "attention.head_count", "num_attention_heads",
            "attention.head_count_kv", "num_key_value_heads",
            "feed_forward_length", "intermediate_size",
            "context_length", "max_position_embeddings")
        .forEach((key, name) -> file.note(family + "." + key, config.get(name).getAsInt()));
    if (config.has("head_dim")) {
      file.note(family + ".attention.key_length", config.get("head_dim").getAsInt());
    }
    file.note(
        family + ".attention.layer_norm_rms_epsilon", config.get("rms_norm_eps").getAsFloat());
    float theta = config.getAsJsonObject("rope_parameters").get("rope_theta").getAsFloat();
    return file.note(family + ".rope.freq_base", theta).note("tokenizer.ggml.eos_token_id", 2);
  }

  private static String name(String of) {
    int dot = of.lastIndexOf('.');
    String stem = of.substring(0, dot).replaceFirst("^model\\.layers\\.\\d+\\.", "");
    String block = of.startsWith("model.layers.") ? "blk." + of.split("\\.")[2] + "." : "";
    return block + NAMES.get(stem) + of.substring(dot);
  }

  private static float[] all(WeightTensor tensor) {
    int count = 1;
    for (long size : tensor.shape()) {
      count *= (int) size;
    }
    return tensor.read(0, count);
  }

  /** Rows 0, E/2, 1, E/2 + 1, … of each head. */
  private static float[] turned(float[] values, int row, int head) {
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length / row; i++) {
      int within = i % head;
      int from = i - within + within / 2 + within % 2 * (head / 2);
      System.arraycopy(values, from * row, turned, i * row, row);
    }
    return turned;
  }

  private static GgufBytes whole(String family) {
    GgufBytes file = notes(family);
    int head =
        Families.of(ModelConfig.read(PeerFixtures.folder(family)))
            .shape(ModelConfig.read(PeerFixtures.folder(family)))
            .headWidth();
    try (WeightFiles files = WeightFiles.open(PeerFixtures.folder(family))) {
      for (WeightTensor tensor : files.tensors().values()) {
        boolean turns = family.equals("llama") && tensor.name().matches(".*[qk]_proj\\.weight");
        float[] values = all(tensor);
        long[] shape = tensor.shape();
        file.floats(
            name(tensor.name()), shape, turns ? turned(values, (int) shape[1], head) : values);
      }
    }
    return file;
  }

  private Path write(GgufBytes content) throws IOException {
    return Files.write(folder.resolve("m.gguf"), content.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3"})
  void aFileHasTheSameShapeAndWeights(String family) throws IOException {
    Path written = write(whole(family));
    Path original = PeerFixtures.folder(family);
    assertEquals(written.toAbsolutePath(), Checkpoint.locate(folder));
    ModelConfig config = Checkpoint.config(written);
    assertEquals(
        Families.of(config).shape(ModelConfig.read(original)), Families.of(config).shape(config));
    try (WeightFiles expected = WeightFiles.open(original);
        WeightFiles read = WeightFiles.open(written)) {
      assertEquals(expected.tensors().keySet(), read.tensors().keySet());
      for (WeightTensor tensor : expected.tensors().values()) {
        WeightTensor same = read.tensors().get(tensor.name());
        assertArrayEquals(tensor.shape(), same.shape(), tensor.name());
        assertArrayEquals(all(tensor), all(same), tensor.name());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3"})
  void aPolicyIsOpenedAndSavedAsAFolder(String family) throws IOException {
    DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());
    Settings settings = Settings.defaults(backend.settings());
    List<Sequence> asked = List.of(new Sequence(new int[] {1, 9, 8}, new int[] {7, 6, 5, 4}));
    float[] expected;
    try (Policy policy = backend.open(PeerFixtures.folder(family), settings)) {
      expected = policy.logProbs(asked, 1).get(0);
    }
    try (Policy policy = backend.open(write(whole(family)), settings)) {
      assertArrayEquals(expected, policy.logProbs(asked, 1).get(0));
      policy.save(folder.resolve("saved"));
    }
    try (Policy policy = backend.open(folder.resolve("saved"), settings)) {
      assertArrayEquals(expected, policy.logProbs(asked, 1).get(0));
    }
  }

  /** Some files have the tied matrix twice, rounded more as the embedding than as the head. */
  @Test
  void ofTwoRoundingsOfATiedMatrixTheFinerOneIsTaken() throws IOException {
    GgufBytes file = notes("llama");
    try (WeightFiles files = WeightFiles.open(PeerFixtures.folder("llama"))) {
      for (WeightTensor tensor : files.tensors().values()) {
        if (tensor.name().startsWith("model.embed_tokens")) {
          float[] values = all(tensor);
          ByteBuffer rounded =
              ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
          for (float value : values) {
            rounded.putShort((short) (Float.floatToRawIntBits(value) >> 16));
          }
          file.tensor("token_embd.weight", 30, tensor.shape(), rounded.array());
          file.floats("output.weight", tensor.shape(), values);
        }
      }
      Path written = write(file);
      assertTrue(Checkpoint.config(written).content().get("tie_word_embeddings").getAsBoolean());
      try (WeightFiles read = WeightFiles.open(written)) {
        assertEquals(List.of("model.embed_tokens.weight"), List.copyOf(read.tensors().keySet()));
        assertArrayEquals(
            all(files.tensors().get("model.embed_tokens.weight")),
            all(read.tensors().get("model.embed_tokens.weight")));
      }
    }
    Path untied = write(whole("qwen2"));
    assertFalse(Checkpoint.config(untied).content().get("tie_word_embeddings").getAsBoolean());
  }

  @Test
  void theScalingOfRotationsIsFoundInItsResult() throws IOException {
    GgufBytes file = new GgufBytes();
    file.note("general.architecture", "llama");
    Map.of(
            "embedding_length", 16,
            "block_count", 1,
            "attention.head_count", 2,
            "feed_forward_length", 8,
            "context_length", 64)
        .forEach((key, value) -> file.note("llama." + key, value));
    file.note("llama.attention.layer_norm_rms_epsilon", 1e-5f).note("llama.rope.freq_base", 5e5f);
    file.floats("token_embd.weight", new long[] {2, 16}, new float[32]);
    float[] stored = new float[4];
    for (int i = 0; i < 4; i++) {
      double turns = 8192 / (2 * Math.PI) * Math.pow(5e5, -i / 4.0);
      double share = Math.max(0, Math.min(1, (turns - 1) / 3));
      stored[i] = (float) (1 / ((1 - share) / 32 + share));
    }
    assertEquals(1, stored[0]);
    assertEquals(32, stored[3], 1e-3);
    Path written = write(file.floats("rope_freqs.weight", new long[] {4}, stored));
    JsonObject scaling = Checkpoint.config(written).content().getAsJsonObject("rope_scaling");
    assertEquals("llama3", scaling.get("rope_type").getAsString());
    assertEquals(32, scaling.get("factor").getAsDouble(), 1e-3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "general.architecture | phi3 | general.architecture = phi3 is not supported; llama, qwen2",
        "llama.expert_count | 8 | llama.expert_count = 8 is not supported; 0 is",
        "llama.rope.scaling.type | yarn | llama.rope.scaling.type = yarn is not supported; none is",
        "llama.rope.dimension_count | 4 | llama.rope.dimension_count = 4 is not supported; the width",
      })
  void whatIsNotComputedIsRefusedByName(String key, String value, String reason)
      throws IOException {
    GgufBytes file = key.startsWith("general.") ? new GgufBytes() : whole("llama");
    file.note(key, value.matches("\\d+") ? (Object) Integer.valueOf(value) : value);
    Path written = write(file);
    UserException e = assertThrows(UserException.class, () -> Checkpoint.config(written));
    assertTrue(e.getMessage().startsWith(written + ": " + reason), e.getMessage());
  }

  @Test
  @Tag("full")
  void whateverAFileHoldsItIsReadOrRefusedByName() {
    Fuzz.of(
            List.of(whole("llama").bytes(), whole("qwen3").bytes()),
            List.of("\0\0\0\0\0\0\0\0", "rope_freqs.weight", "output.weight", "qwen2", "\u0001"))
        .allowing(UserException.class)
        .allowing(ArithmeticException.class) // of a matrix of 2^31 numbers, which a backend refuses
        .oneIn(2)
        .run(
            content -> {
              Path file = Files.write(folder.resolve("m.gguf"), content);
              ModelConfig config = Checkpoint.config(file);
              WeightPlan plan = new WeightPlan(Families.of(config).shape(config));
              AdapterPlan none = new AdapterPlan(plan.shape(), LoraConfig.NONE);
              CheckpointFiles.open(file, plan, none).close();
            });
  }
}
