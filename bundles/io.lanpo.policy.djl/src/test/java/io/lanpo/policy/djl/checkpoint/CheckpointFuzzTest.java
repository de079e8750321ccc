package io.lanpo.policy.djl.checkpoint;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Workload;
import io.lanpo.fuzz.Fuzz;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.NumberTokens;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the files of a checkpoint hold, they are read, or refused by name. */
@Tag("full")
class CheckpointFuzzTest {
  private static final String TENSORS =
      "{\"__metadata__\":{\"format\":\"pt\",\"steps\":\"3\",\"version\":\"3\"},"
          + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
          + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]},"
          + "\"c\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[32,34]}}";

  private static final List<String> HEADER_WORDS =
      List.of(
          "\"dtype\"",
          "\"shape\":[96.7]",
          "\"data_offsets\":[0,4,4]",
          "\"data_offsets\":[4,0]",
          "F64",
          "I8",
          "__metadata__",
          "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}",
          "/**/",
          "[[",
          "{\"a\":");

  private static final Workload WORKLOAD = new Workload(8, 4, 32, 16, true);

  @TempDir private Path folder;
  private final DjlPolicyBackend backend = new DjlPolicyBackend(new NumberTokens.Service());
  private final Settings settings =
      Settings.of("test", backend.settings(), Map.of("width", "24", "heads", "2", "context", "64"));

  private static byte[] file(byte[] header, int data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private void readTensors(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("t.safetensors"), content);
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      for (StoredTensor tensor : reader.tensors().values()) {
        long count = Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
        tensor.readFinite(0, Math.toIntExact(count));
      }
    }
  }

  @Test
  void tensorFiles() {
    Fuzz.of(List.of(file(TENSORS.getBytes(StandardCharsets.UTF_8), 34)), HEADER_WORDS)
        .allowing(UserException.class)
        .run(this::readTensors);
  }

  /** With the length that the header has, so that it is read. */
  @Test
  void headers() {
    Fuzz.ofTexts(List.of(TENSORS), HEADER_WORDS)
        .allowing(UserException.class)
        .run(header -> readTensors(file(header, 34)));
  }

  @Test
  void configurations() throws IOException {
    List<String> sound =
        List.of(
            Files.readString(PeerFixtures.folder("llama3").resolve(ModelConfig.FILE)),
            Files.readString(PeerFixtures.folder("qwen2").resolve(ModelConfig.FILE)),
            Files.readString(PeerFixtures.folder("qwen3").resolve(ModelConfig.FILE)),
            Families.config(Families.named("micro"), TinyDecoders.micro(), 2).toString());
    List<String> words =
        List.of(
            "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0},",
            "\"rope_parameters\": [],",
            "\"head_dim\": null,",
            "\"eos_token_id\": [1, 1e99],",
            "\"model_type\": \"lanpo_micro\",",
            "\"architectures\"",
            "\"layer_types\": [[]],",
            "\"hidden_size\": 2147483646,",
            "\"num_attention_heads\": 1073741824,",
            "\"vocab_size\": 2147483647,");
    Fuzz.ofTexts(sound, words)
        .allowing(UserException.class)
        .run(
            content -> {
              Files.write(folder.resolve(ModelConfig.FILE), content);
              ModelConfig config = ModelConfig.read(folder);
              ModelMetadata.of(folder, config, 96, folder);
              backend.memory(folder, settings, WORKLOAD);
            });
  }

  @Test
  void indexesAndAdapters() throws IOException {
    Path checkpoint = folder.resolve("c");
    try (Policy policy = backend.create(settings, new NumberTokens(TinyDecoders.VOCABULARY), 1)) {
      policy.save(checkpoint);
    }
    ModelConfig config = ModelConfig.read(checkpoint);
    WeightPlan plan = new WeightPlan(Families.of(config).shape(config));
    AdapterPlan adapters = new AdapterPlan(Families.of(config).shape(config), LoraConfig.NONE);
    Files.move(checkpoint.resolve(WeightFiles.SINGLE), checkpoint.resolve("m-1.safetensors"));
    String index = "{\"metadata\":{\"total_size\":1},\"weight_map\":{\"%s\":\"m-1.safetensors\"}}";
    Fuzz.ofTexts(
            List.of(index.formatted(WeightPlan.EMBEDDING)),
            List.of("\"weight_map\":[]", "m-1.safetensors", "../m-1", "\\u0000", "lm_head.weight"))
        .allowing(UserException.class)
        .run(
            content -> {
              Files.write(checkpoint.resolve(WeightFiles.INDEX), content);
              CheckpointFiles.open(checkpoint, plan, adapters).close();
            });
    AdapterFolder folderOfAdapters = new AdapterFolder(checkpoint);
    Files.createDirectories(folderOfAdapters.path());
    LoraConfig lora = new LoraConfig(3, 6, LoraConfig.PROJECTIONS);
    Settings asked =
        Settings.of("test", backend.settings(), Map.of("lora.rank", "3", "lora.alpha", "6"));
    Fuzz.ofTexts(
            List.of(AdapterFolder.config(lora, checkpoint).toString()),
            List.of("\"r\":3,", "\"bias\":\"all\",", "\"rank_pattern\":{\"q\":1},", "[null]"))
        .allowing(UserException.class)
        .run(
            content -> {
              Files.write(folderOfAdapters.path().resolve(AdapterFolder.CONFIG), content);
              folderOfAdapters.base(lora, asked);
            });
  }
}
