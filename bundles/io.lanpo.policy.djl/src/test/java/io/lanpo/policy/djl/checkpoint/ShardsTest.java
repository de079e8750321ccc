package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.train.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints in shards: what is wrong with one is said by its name before anything is loaded. */
class ShardsTest {
  private static final String THIRD = "model-00003-of-00005.safetensors";

  @TempDir private Path folder;
  private final DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.list(PeerFixtures.folder("llama3"))) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, folder.resolve(file.getFileName()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private void assertRefused(String... parts) {
    Settings settings = Settings.defaults(backend.settings());
    UserException e = assertThrows(UserException.class, () -> backend.open(folder, settings));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(from), text);
    Files.writeString(path, text.replace(from, to));
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(folder.resolve(THIRD));
    assertRefused(WeightFiles.INDEX, THIRD, "missing");
  }

  @Test
  void aTruncatedShardIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(THIRD));
    Files.write(folder.resolve(THIRD), Arrays.copyOf(bytes, bytes.length - 4));
    assertRefused(THIRD, "damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weight_map            | weight_mop                 | lacks the object weight_map",
        "model-00003-of-00005  | ../model-00003-of-00005    | not a file of its folder",
        "model.norm.weight     | model.norm.wait            | model.norm.wait",
        "{                     | [                          | not a JSON object",
      })
  void aDamagedIndexIsNamed(String from, String to, String part) throws IOException {
    edit(WeightFiles.INDEX, from, to);
    assertRefused(WeightFiles.INDEX, part);
  }

  @Test
  void aTensorThatTheModelLacksIsNamed() throws IOException {
    edit(ModelConfig.FILE, "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1");
    assertRefused(WeightFiles.INDEX, "model.layers.1.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"silu\"               | \"gelu\"                 | hidden_act = \"gelu\"",
        "LlamaForCausalLM       | LlamaForTokens           | architectures",
        "\"model_type\": \"llama\" | \"model_type\": \"mixtral\" | model_type = mixtral",
        "\"attention_bias\": false | \"attention_bias\": true | attention_bias = true",
        "\"rope_type\": \"llama3\" | \"rope_type\": \"yarn\" | rope_parameters.rope_type = \"yarn\"",
        "\"low_freq_factor\"    | \"lowest_factor\"        | rope_parameters.low_freq_factor = (absent)",
        "\"intermediate_size\"  | \"inner_size\"           | intermediate_size = (absent)",
        "\"use_cache\"          | \"quantization_config\"  | quantization_config",
        "\"use_cache\"          | \"use_sliding_window\"   | use_sliding_window = true",
      })
  void settingsThatAreNotBuiltAreNamed(String from, String to, String part) throws IOException {
    edit(ModelConfig.FILE, from, to);
    assertRefused(ModelConfig.FILE, part);
  }

  @Test
  void largeWeightsAreWrittenInShards(@TempDir Path target) throws IOException {
    ModelConfig config = ModelConfig.read(folder);
    try (Network network = new Network(Families.of(config).shape(config), Device.cpu(), 1);
        Network other = new Network(network.shape(), Device.cpu(), 1)) {
      new Checkpoint(network, new OptimizerState(network)).read(folder);
      List<SafetensorsWriter.Entry> entries =
          new CheckpointTensors(network).entries(network.weights(), "");
      SafetensorsWriter.writeWeights(target, 20_000, entries);
      try (WeightFiles files = WeightFiles.open(target)) {
        assertEquals(target.resolve(WeightFiles.INDEX), files.origin());
        assertEquals(entries.size(), files.tensors().size());
        new CheckpointTensors(other).read(other.weights(), "", files.tensors());
      }
      assertArrayEquals(network.weights().toFloatArray(), other.weights().toFloatArray());
      try (Stream<Path> shards = Files.list(target)) {
        assertTrue(shards.count() > 2);
      }
    }
  }
}
