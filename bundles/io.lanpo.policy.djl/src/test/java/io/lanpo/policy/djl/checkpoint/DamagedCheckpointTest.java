package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.policy.djl.fixture.NumberTokens;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged checkpoint is refused with the file and what is wrong with it. */
class DamagedCheckpointTest {
  private final DjlPolicyBackend backend = new DjlPolicyBackend(new NumberTokens.Service());
  private final Settings settings =
      Settings.of("test", backend.settings(), Map.of("width", "24", "heads", "2", "context", "64"));

  private Path saved(Path folder) {
    Path checkpoint = folder.resolve("checkpoint");
    try (Policy policy = backend.create(settings, new NumberTokens(TinyDecoders.VOCABULARY), 1)) {
      policy.save(checkpoint);
    }
    return checkpoint;
  }

  private void assertRefused(Path checkpoint, String file, String... parts) {
    UserException e = assertThrows(UserException.class, () -> backend.open(checkpoint, settings));
    assertTrue(e.getMessage().contains(checkpoint.resolve(file).toString()), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void missingFilesAreNamed(String file, @TempDir Path folder) throws IOException {
    Path checkpoint = saved(folder);
    Files.delete(checkpoint.resolve(file));
    assertRefused(checkpoint, file, "missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "optimizer.safetensors"})
  void truncatedTensorsAreRefused(String file, @TempDir Path folder) throws IOException {
    Path checkpoint = saved(folder);
    for (long left : new long[] {-4, 100, 7, 0}) {
      try (RandomAccessFile raw = new RandomAccessFile(checkpoint.resolve(file).toFile(), "rw")) {
        raw.setLength(left < 0 ? raw.length() + left : left);
      }
      assertRefused(checkpoint, file, "damaged");
    }
  }

  @Test
  void aHeaderLengthBeyondTheFileIsRefused(@TempDir Path folder) throws IOException {
    Path checkpoint = saved(folder);
    for (long length : new long[] {1L << 40, -1, 0, 50_000_000}) {
      try (RandomAccessFile raw =
          new RandomAccessFile(checkpoint.resolve("model.safetensors").toFile(), "rw")) {
        raw.writeLong(Long.reverseBytes(length));
      }
      assertRefused(checkpoint, "model.safetensors", "header", Long.toString(length));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"data_offsets\":[0, | \"data_offsets\":[8, | needs",
        "\"F32\"              | \"F99\"              | F99",
        "\"F32\"              | \"F16\"              | needs",
        "\"shape\":[111       | \"shape\":[112       | needs",
        "model.embed_tokens   | model.embed_tokenz | lacks the tensor model.embed_tokens.weight",
        "{                    | [                    | not a JSON object",
        "\"shape\"            | \"shade\"            | entry",
      })
  void damagedHeadersAreRefused(String from, String to, String part, @TempDir Path folder)
      throws IOException {
    Path checkpoint = saved(folder);
    Path file = checkpoint.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String wanted = from.replace("111", Integer.toString(TinyDecoders.VOCABULARY));
    int at = text.indexOf(wanted, 8);
    byte[] patch =
        to.replace("112", Integer.toString(TinyDecoders.VOCABULARY + 1)).getBytes("UTF-8");
    assertTrue(at > 0 && wanted.length() == patch.length);
    System.arraycopy(patch, 0, bytes, at, patch.length);
    Files.write(file, bytes);
    assertRefused(checkpoint, "model.safetensors", part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lanpo_micro          | gpt17 | model_type = gpt17",
        "\"hidden_size\": 24  | \"hidden_size\": \"x\" | hidden_size",
        "\"hidden_size\": 24  | \"hidden\": 24 | hidden_size = (absent)",
        "{                    | [ | not a JSON object",
        "\"vocab_size\": 37   | \"vocab_size\": 20 | tokenizer",
        "\"hidden_act\": \"relu\" | \"hidden_act\": \"gelu\" | hidden_act",
        "\"rope_theta\":       | \"rope_scaling\": {\"factor\": 2}, \"rope_theta\": | rope_scaling",
        "\"vocab_size\": 37    | \"attn_logit_softcapping\": 1, \"vocab_size\": 37 | softcapping",
        "\"eos_token_id\": 2   | \"eos_token_id\": 37 | eos_token_id = 37; it must be below the 37 tokens",
        "\"num_hidden_layers\": 3 | \"num_hidden_layers\": 1.5 | num_hidden_layers",
      })
  void damagedConfigurationsAreRefused(String from, String to, String part, @TempDir Path folder)
      throws IOException {
    Path checkpoint = saved(folder);
    Path file = checkpoint.resolve("config.json");
    String text = Files.readString(file);
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
    assertRefused(checkpoint, "config.json", part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.safetensors | pytorch_model.bin | weights of PyTorch | save_pretrained",
        "model.safetensors | model-q4.gguf | weights of llama.cpp | Name the file itself",
        "model.safetensors | consolidated.safetensors | own code names them | transformers",
        "model.safetensors | other.safetensors | weights under another name | Name the file model.",
        "model.safetensors | flax_model.msgpack | TensorFlow or Flax | save_pretrained",
        "config.json       | consolidated.00.pth | own code names them | transformers",
        "config.json       | adapter_model.safetensors | adapters of PEFT | merge_and_unload",
      })
  void weightsInAnotherFormatAreNamedWithHowToConvert(
      String missing, String other, String what, String how, @TempDir Path folder)
      throws IOException {
    Path checkpoint = saved(folder);
    Files.delete(checkpoint.resolve(missing));
    Files.delete(checkpoint.resolve("optimizer.safetensors"));
    if (missing.equals("config.json")) {
      Files.delete(checkpoint.resolve("model.safetensors"));
    }
    Files.writeString(checkpoint.resolve(other), "");
    UserException e = assertThrows(UserException.class, () -> backend.open(checkpoint, settings));
    assertTrue(e.getMessage().contains(what), e.getMessage());
    assertTrue(e.nextStep().contains(how), e.nextStep());
    assertRefused(checkpoint, missing, "is missing; beside it lies " + other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "optimizer.safetensors"})
  void numbersThatAreNotFiniteAreNamedWithTheirTensor(String file, @TempDir Path folder)
      throws IOException {
    Path checkpoint = saved(folder);
    try (RandomAccessFile raw = new RandomAccessFile(checkpoint.resolve(file).toFile(), "rw")) {
      raw.seek(raw.length() - 4);
      raw.writeInt(Integer.reverseBytes(Float.floatToIntBits(Float.NaN)));
    }
    assertRefused(checkpoint, file, "lm_head.weight", "has NaN at place");
  }

  @Test
  void weightsOfAnotherShapeAreRefused(@TempDir Path folder) throws IOException {
    Path checkpoint = saved(folder);
    Path file = checkpoint.resolve("config.json");
    Files.writeString(
        file, Files.readString(file).replace("\"vocab_size\": 37", "\"vocab_size\": 38"));
    assertRefused(checkpoint, "model.safetensors", "model.embed_tokens.weight", "37", "38");
  }
}
