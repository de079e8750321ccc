package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend.ModelFacts;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.model.Rope;
import io.lanpo.policy.djl.model.WeightPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What checkpoints of the families may say and hold beside the usual, and what they may not. */
class FamilyCheckpointTest {
  private static final String HEAD = "lm_head.weight";

  @TempDir private Path folder;
  private final DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.list(PeerFixtures.folder(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(from), text);
    Files.writeString(path, text.replace(from, to));
  }

  private Policy open() {
    return backend.open(folder, Settings.defaults(backend.settings()));
  }

  private void assertRefused(String file, String part) {
    UserException e = assertThrows(UserException.class, () -> open().close());
    assertTrue(e.getMessage().contains(folder.resolve(file).toString()), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "llama | model_type             | \"qwen3_moe\" | is not supported; supported are",
        "llama | num_attention_heads    | 3             | a divisor of num_attention_heads = 3",
        "llama | head_dim               | 7             | it must be even",
        "llama | hidden_size            | 0             | a positive whole number",
        "llama | intermediate_size      | 2147483647    | a matrix of 2^31 numbers or more",
        "llama | num_hidden_layers      | 2147483647    | a whole number from 1 to 10000",
        "llama | max_position_embeddings | 1            | a whole number from 2 to",
        "llama | rms_norm_eps           | -1            | a positive number",
        "llama | tie_word_embeddings    | \"yes\"       | it must be true or false",
        "llama | pretraining_tp         | 2             | only 1.0 is",
        "llama | partial_rotary_factor  | 0.5           | only 1.0 is",
        "llama | final_logit_softcapping | 30.0         | only null is",
        "llama | attn_logit_softcapping | 50.0          | only null is",
        "llama | num_local_experts      | 8             | only null is",
        "qwen2 | layer_types            | [\"sliding_attention\", \"full_attention\"] | only [\"full",
        "qwen2 | use_sliding_window     | true          | only false is",
        "qwen2 | rope_parameters        | 7             | it must be an object",
        "qwen2 | rope_parameters        | {\"rope_type\": \"dynamic\"} | default, linear or llama3",
        "qwen2 | rope_parameters        | {\"rope_theta\": 0} | a positive number",
        "qwen2 | rope_parameters        | {\"rope_type\": \"linear\"} | .factor = (absent)",
        "qwen2 | rope_parameters        | {\"full_attention\": {}} | only null is",
        "qwen3 | attention_bias         | true          | only false is",
        "qwen3 | head_dim               | null          | it must be a number",
        "qwen3 | eos_token_id           | \"end\"       | a token id or a list of them",
        "qwen3 | eos_token_id           | [2, 2.5]      | a token id or a list of them",
        "qwen3 | eos_token_id           | 96            | below the 96 tokens of the tokenizer beside it",
        "qwen3 | eos_token_id           | [2, 151645]   | below the 96 tokens of the tokenizer beside it",
        "llama | hidden_act             | \"gelu\"      | hidden_act = \"gelu\" is not supported; only silu",
        "llama | is_causal              | false         | only true is",
        "llama | logit_scale            | 0.0625        | only 1.0 is",
        "llama | residual_multiplier    | 0.22          | only 1.0 is",
        "llama | attention_dropout      | 0.1           | only 0.0 is",
        "llama | query_pre_attn_scalar  | 224           | only null is",
        "qwen2 | mlp_bias               | true          | only false is",
        "qwen2 | rope_scaling           | {\"rope_type\": \"linear\", \"factor\": 4.0} | do not say the same",
        "qwen2 | rope_scaling           | {\"type\": \"yarn\", \"factor\": 4.0} | rope_scaling.type = \"yarn\"",
        "qwen2 | rope_scaling           | {\"rope_theta\": 77} | rope_scaling = {\"rope_theta\":77} and rope_parameters = {",
        "qwen2 | rope_scaling           | {\"mrope_section\": [1, 2]} | rope_scaling.mrope_section",
        "qwen2 | vocab_size             | 1e999999999   | a positive whole number",
        "qwen2 | rms_norm_eps           | 1e-999999999  | a positive number",
        "qwen3 | quantization_config    | {\"bits\": 4} | only null is",
      })
  void settingsThatAreNotBuiltAreNamed(String family, String key, String value, String part)
      throws IOException {
    copy(family);
    set(key, value);
    assertRefused(ModelConfig.FILE, part);
  }

  @Test
  void aFolderSaysWhatItHolds() throws IOException {
    copy("llama");
    Settings settings = Settings.defaults(backend.settings());
    ModelFacts facts = backend.describe(folder, settings).orElseThrow();
    try (Policy policy = open()) {
      assertEquals(new ModelFacts("llama", policy.info().parameters(), 128, "f32"), facts);
    }
    Files.delete(folder.resolve("model.safetensors"));
    UserException missing =
        assertThrows(UserException.class, () -> backend.describe(folder, settings));
    assertTrue(missing.getMessage().contains("model.safetensors"), missing.getMessage());
  }

  @Test
  void noMemoryIsTakenForSizesThatTheFilesDoNotHave() throws IOException {
    copy("llama");
    set("vocab_size", "67000000"); // would be 8 GB of weights
    assertRefused(
        WeightFiles.SINGLE, "has shape [96, 32] where config.json asks for [67000000, 32]");
  }

  private void set(String key, String value) throws IOException {
    JsonObject config = ModelConfig.read(folder).content();
    config.add(key, JsonParser.parseString(value));
    Files.writeString(folder.resolve(ModelConfig.FILE), config.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "llama3"})
  void olderFilesNameTheScalingByType(String type) throws IOException {
    copy("llama");
    set("rope_parameters", "null");
    set("rope_theta", "500");
    set(
        "rope_scaling",
        "{\"type\": \"%s\", \"factor\": 4, \"low_freq_factor\": 1, \"high_freq_factor\": 4,"
                .formatted(type)
            + " \"original_max_position_embeddings\": 16}");
    Rope rope = Families.of(ModelConfig.read(folder)).shape(ModelConfig.read(folder)).rope();
    assertEquals(500, rope.theta());
    assertEquals(
        type.equals("linear") ? new Rope.Linear(4) : new Rope.Llama3(4, 1, 4, 16), rope.scaling());
  }

  /** As transformers 5 reads them: rope_scaling first, and what it lacks from the top level. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null                    | {\"rope_theta\": 7}        | 9    | 7",
        "null                    | {\"rope_type\": \"default\"} | 9  | 9",
        "null                    | null                     | null | 10000",
        "{}                      | {\"rope_theta\": 7}        | 9    | 7",
        "{\"rope_theta\": 7}       | null                     | 9    | 7",
        "{\"type\": \"default\"}   | {\"rope_theta\": 9}        | 9    | 9",
        "{\"rope_theta\": 7.0}     | {\"rope_theta\": 7}        | null | 7",
      })
  void theBaseOfTheRotationsIsFoundWhereverItIsWritten(
      String scaling, String parameters, String theta, double expected) throws IOException {
    copy("qwen2");
    set("rope_scaling", scaling);
    set("rope_parameters", parameters);
    set("rope_theta", theta);
    ModelConfig config = ModelConfig.read(folder);
    assertEquals(Rope.of(expected), Families.of(config).shape(config).rope());
  }

  @Test
  void anOriginalContextOutsideOfTheScalingMustAgree() throws IOException {
    copy("llama");
    set(
        "rope_parameters",
        "{\"rope_type\": \"llama3\", \"factor\": 4, \"low_freq_factor\": 1, \"high_freq_factor\": 4,"
            + " \"original_max_position_embeddings\": 16}");
    set("original_max_position_embeddings", "16");
    open().close();
    set("original_max_position_embeddings", "32");
    assertRefused(ModelConfig.FILE, "original_max_position_embeddings = 32 is not supported");
  }

  @Test
  void scalingStretchesSlowRotations() {
    Rope plain = Rope.of(10000);
    Rope linear = new Rope(10000, new Rope.Linear(4));
    Rope llama3 = new Rope(10000, new Rope.Llama3(4, 1, 4, 16));
    for (int pair = 0; pair < 8; pair++) {
      assertEquals(plain.frequency(pair, 8) / 4, linear.frequency(pair, 8));
      double waves = 16 * plain.frequency(pair, 8) / (2 * Math.PI);
      if (waves < 1) {
        assertEquals(linear.frequency(pair, 8), llama3.frequency(pair, 8));
      } else {
        assertTrue(llama3.frequency(pair, 8) > linear.frequency(pair, 8));
      }
    }
  }

  // ---- tensors beside those of the model

  /** Writes the weights of the tied fixture again, with a tensor more. */
  private void addTensor(String name, long[] shape, float[] values) throws IOException {
    copy("llama");
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    try (WeightFiles files = WeightFiles.open(PeerFixtures.folder("llama"))) {
      files
          .tensors()
          .forEach(
              (key, tensor) ->
                  entries.add(
                      new SafetensorsWriter.Entry(
                          key, tensor.shape(), into -> into.accept(values(tensor)))));
      entries.add(new SafetensorsWriter.Entry(name, shape, into -> into.accept(values)));
      Files.delete(folder.resolve(WeightFiles.SINGLE));
      SafetensorsWriter.writeWeights(folder, 1 << 20, entries);
    }
  }

  private static float[] values(WeightTensor tensor) {
    return tensor.read(0, (int) Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b));
  }

  private static float[] embedding() {
    try (WeightFiles files = WeightFiles.open(PeerFixtures.folder("llama"))) {
      return values(Objects.requireNonNull(files.tensors().get(WeightPlan.EMBEDDING)));
    }
  }

  @Test
  void aTiedHeadMayBeStored() throws IOException {
    addTensor(HEAD, new long[] {96, 32}, embedding());
    open().close();
  }

  @Test
  void aTiedHeadThatIsAnotherOneIsNamed() throws IOException {
    float[] other = embedding();
    other[other.length - 1] += 1;
    addTensor(HEAD, new long[] {96, 32}, other);
    assertRefused(WeightFiles.SINGLE, "lm_head.weight differs from model.embed_tokens.weight");
  }

  @Test
  void aTiedHeadOfAnotherShapeIsNamed() throws IOException {
    addTensor(HEAD, new long[] {48, 64}, embedding());
    assertRefused(WeightFiles.SINGLE, "lm_head.weight has shape [48, 64]");
  }

  @Test
  void frequenciesOfRotationsMayBeStored() throws IOException {
    addTensor("model.layers.0.self_attn.rotary_emb.inv_freq", new long[] {4}, new float[4]);
    open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.layers.2.input_layernorm.weight", "lora", "exp_avg.lora"})
  void anUnknownTensorIsNamed(String name) throws IOException {
    addTensor(name, new long[] {4}, new float[4]);
    assertRefused(WeightFiles.SINGLE, "has the tensor " + name + ", which this model lacks");
  }

  @Test
  void anUnknownTensorThatTheIndexPassesOverIsNamed() throws IOException {
    copy("llama3");
    String shard = "model-00005-of-00005.safetensors";
    Path path = folder.resolve(shard);
    Path other = folder.resolve("other");
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    try (SafetensorsReader reader = new SafetensorsReader(path)) {
      reader
          .tensors()
          .forEach(
              (name, tensor) ->
                  entries.add(
                      new SafetensorsWriter.Entry(
                          name, tensor.shape(), into -> into.accept(values(tensor)))));
      entries.add(
          new SafetensorsWriter.Entry("extra", new long[] {1}, into -> into.accept(new float[1])));
      SafetensorsWriter.write(other, Map.of(), entries);
    }
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(WeightFiles.INDEX, "has the tensor extra");
  }

  // ---- tokens that end

  @Test
  void endTokensComeFromBothFiles() throws IOException {
    copy("llama");
    edit(ModelMetadata.GENERATION, "\"eos_token_id\": 2", "\"eos_token_id\": [5, 2]");
    ModelMetadata origin = ModelMetadata.of(folder, ModelConfig.read(folder), 96, Path.of(""));
    assertEquals(List.of(2, 5), origin.endTokens());
    edit(ModelMetadata.GENERATION, "[5, 2]", "{}");
    assertRefused(ModelMetadata.GENERATION, "eos_token_id = {}; it must be a token id or a list");
  }

  @Test
  void withoutAGenerationConfigurationTheTokensAreThoseOfTheConfiguration(@TempDir Path saved)
      throws IOException {
    copy("qwen3");
    Files.delete(folder.resolve(ModelMetadata.GENERATION));
    try (Policy policy = open()) {
      policy.save(saved.resolve("s"));
    }
    JsonObject generation =
        ModelConfig.read(saved.resolve("s"), ModelMetadata.GENERATION).content();
    assertEquals(
        "{\"bos_token_id\":1,\"eos_token_id\":2,\"pad_token_id\":0}", generation.toString());
    JsonObject config = ModelConfig.read(saved.resolve("s")).content();
    assertEquals("float32", config.get("dtype").getAsString());
    JsonObject original = ModelConfig.read(folder).content();
    assertEquals(original.keySet(), config.keySet());
  }

  @Test
  void whatIsSavedIsWhatWasOpened(@TempDir Path saved) throws IOException {
    for (String name : List.of("llama", "llama3", "llama3-hub", "qwen2", "qwen3")) {
      Path target = saved.resolve(name);
      try (Policy policy =
          backend.open(PeerFixtures.folder(name), Settings.defaults(backend.settings()))) {
        policy.save(target);
      }
      try (WeightFiles source = WeightFiles.open(PeerFixtures.folder(name));
          WeightFiles written = WeightFiles.open(target)) {
        assertEquals(source.tensors().keySet(), written.tensors().keySet());
        source
            .tensors()
            .forEach(
                (key, tensor) -> {
                  StoredTensor copy =
                      (StoredTensor) Objects.requireNonNull(written.tensors().get(key));
                  assertEquals(StoredTensor.Type.F32, copy.type());
                  assertArrayEquals(tensor.shape(), copy.shape());
                  assertArrayEquals(values(tensor), values(copy), key);
                });
      }
    }
  }
}
