package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.NumberTokens;
import io.lanpo.policy.djl.fixture.PeerFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters keep the checkpoint they stand on, and take only adapters of their own kind. */
class AdapterFolderTest {
  private static final List<Sequence> SEQUENCES =
      List.of(new Sequence(new int[] {5, 6, 7}, new int[] {8, 9, 10}));

  @TempDir private Path folder;
  private Path base;
  private final DjlPolicyBackend backend = new DjlPolicyBackend(PeerFixtures.tokenizers());

  @BeforeEach
  void copy() throws IOException {
    base = Files.createDirectory(folder.resolve("base"));
    try (Stream<Path> files = Files.list(PeerFixtures.folder("llama"))) {
      for (Path file : files.toList()) {
        Files.copy(file, base.resolve(file.getFileName()));
      }
    }
  }

  private Policy open(Path checkpoint, String... more) {
    Map<String, String> given = new HashMap<>(Map.of("lora.rank", "4"));
    for (int i = 0; i < more.length; i += 2) {
      given.put(more[i], more[i + 1]);
    }
    return backend.open(checkpoint, Settings.of("test", backend.settings(), given));
  }

  /** Otherwise the weights that the adapters are for would be gone, or be added to twice. */
  @ParameterizedTest
  @ValueSource(strings = {"merged", "adapter"})
  void theirBaseIsNotOverwritten(String form) throws IOException {
    byte[] weights = Files.readAllBytes(base.resolve(WeightFiles.SINGLE));
    try (Policy policy = open(base, "lora.save", form)) {
      Path same = Files.createSymbolicLink(folder.resolve("link"), base);
      for (Path target : List.of(base, folder.resolve("base/../base"), same)) {
        UserException e = assertThrows(UserException.class, () -> policy.save(target));
        assertTrue(e.getMessage().contains(base.toString()), e.getMessage());
      }
      assertArrayEquals(weights, Files.readAllBytes(base.resolve(WeightFiles.SINGLE)));
      policy.save(folder.resolve("other"));
    }
    open(folder.resolve("other")).close();
  }

  @Test
  void aBaseThatWasSetAsideIsNotReplaced() throws IOException {
    Path aside = Files.move(base, folder.resolve("base.previous"));
    try (Policy policy = open(base)) {
      UserException e = assertThrows(UserException.class, () -> policy.save(base));
      assertTrue(e.getMessage().contains(aside.toString()), e.getMessage());
    }
    assertTrue(Files.exists(aside.resolve(WeightFiles.SINGLE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use_rslora | true",
        "use_dora | true",
        "fan_in_fan_out | true",
        "bias | \"all\"",
        "peft_type | \"IA3\"",
        "modules_to_save | [\"lm_head\"]",
        "alpha_pattern | {\"q_proj\": 8}",
        "rank_pattern | {\"q_proj\": 8}",
        "layers_to_transform | [0]",
        "target_modules | \".*q_proj\"",
        "base_model_name_or_path | 7",
      })
  void adaptersOfAnotherKindAreRefused(String key, String value) throws IOException {
    Path saved = folder.resolve("c");
    try (Policy policy = open(base, "lora.save", "adapter")) {
      policy.save(saved);
    }
    Path config = saved.resolve("adapter/adapter_config.json");
    String text =
        Files.readString(config).replaceFirst("\"" + key + "\": ([^\\[,\\n]|\\[[^]]*])*,?", "");
    Files.writeString(
        config, text.replaceFirst("\\{", "{\"" + key + "\": " + value.replace("\\", "") + ","));
    UserException e = assertThrows(UserException.class, () -> open(saved));
    assertTrue(e.getMessage().contains(config.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(key), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  /** As the library PEFT writes them, with keys that say nothing. */
  @Test
  void keysThatSayNothingAreRead() throws IOException {
    Path saved = folder.resolve("c");
    try (Policy policy = open(base, "lora.save", "adapter")) {
      policy.save(saved);
      Path config = saved.resolve("adapter/adapter_config.json");
      Files.writeString(
          config,
          Files.readString(config)
              .replaceFirst(
                  "\\{",
                  "{\"alpha_pattern\": {}, \"rank_pattern\": {}, \"modules_to_save\": null,"
                      + " \"use_rslora\": false, \"layers_to_transform\": null,"));
      try (Policy opened = open(saved)) {
        assertArrayEquals(
            policy.logProbs(SEQUENCES, 1).get(0), opened.logProbs(SEQUENCES, 1).get(0));
      }
    }
  }

  @Test
  void theMicroFamilyRefusesThem() {
    Path micro = folder.resolve("micro");
    DjlPolicyBackend numbers = new DjlPolicyBackend(new NumberTokens.Service());
    try (Policy policy =
        numbers.create(Settings.defaults(numbers.settings()), new NumberTokens(30), 1)) {
      policy.save(micro);
    }
    Settings settings = Settings.of("test", numbers.settings(), Map.of("lora.rank", "4"));
    UserException e = assertThrows(UserException.class, () -> numbers.open(micro, settings));
    assertTrue(e.getMessage().contains("lora.rank = 4"), e.getMessage());
    assertTrue(e.getMessage().contains("micro"), e.getMessage());
  }
}
