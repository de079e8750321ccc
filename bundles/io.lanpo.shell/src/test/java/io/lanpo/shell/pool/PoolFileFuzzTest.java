package io.lanpo.shell.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imported files that are spoilt by chance. A file is taken whole, or a {@link UserException} names
 * it. {@code -Dlanpo.fuzz=N} for another number of them, {@code -Dlanpo.fuzz.seed=S} for others;
 * the profile {@code nightly} of the build sets both.
 */
class PoolFileFuzzTest {
  private static final int FUZZED = Integer.getInteger("lanpo.fuzz", 2_000);

  private static final List<String> LINES =
      List.of(
          "{\"type\":\"experience\",\"id\":\"r/1/0/0\",\"run\":\"r\",\"step\":1,\"policyVersion\":7,\"problem\":\"q\",\"question\":\"how far\",\"mode\":\"abstract\",\"lessons\":[\"r/0/lesson/3\"],\"attempt\":\"é \\ud83d\\ude00\",\"finished\":true,\"verdict\":\"scored\",\"reward\":1.0,\"accepted\":true,\"baseline\":0.25,\"explanation\":\"because\"}",
          "{\"type\":\"lesson\",\"id\":\"r/1/lesson/0\",\"run\":\"r\",\"step\":1,\"kind\":\"pitfall\",\"problem\":\"q\",\"question\":\"how far\",\"text\":\"add\"}");

  /** What has made readers of JSON stumble. */
  private static final List<String> ODDITIES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          ",",
          ":",
          "\n",
          "\r",
          "\u0000",
          "\ufeff",
          "\\u",
          "\\ud800",
          "null",
          "NaN",
          "1e999",
          "-1",
          "99999999999999999999",
          "0x1",
          "{}",
          "[[[[[[",
          "'",
          "//",
          "\"id\":\"again\",",
          "\"step\":1,");

  @TempDir Path folder;

  @Test
  void aSpoiltFileIsTakenWholeOrNamed() throws Exception {
    long seed = Long.getLong("lanpo.fuzz.seed", 7);
    Path path = folder.resolve("spoilt.jsonl");
    int refused = 0;
    for (int i = 0; i < FUZZED; i++) {
      Files.write(path, spoilt(new Random(seed + i)));
      List<PoolEntry> taken = new ArrayList<>();
      try {
        new PoolFile(path).forEach(taken::add);
        for (PoolEntry entry : taken) {
          assertTrue(!entry.id().isBlank() && !entry.document().isEmpty());
        }
      } catch (UserException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(path.toString()), e::getMessage);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + (seed + i), e);
      }
    }
    assertTrue(refused > FUZZED / 2, refused + " refused");
  }

  @Test
  void deepNestingIsNamed() throws Exception {
    Path path = folder.resolve("deep.jsonl");
    for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      Files.writeString(path, LINES.get(0).replace("[", deep) + "\n");
      assertEquals(
          path + ", line 1 is not a JSON object: " + LINES.get(0).substring(0, 60) + "…",
          assertThrows(UserException.class, () -> new PoolFile(path).forEach(e -> {}))
              .getMessage());
    }
  }

  private static byte[] spoilt(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(3); i++) {
      text.append(LINES.get(random.nextInt(LINES.size()))).append('\n');
    }
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, ODDITIES.get(random.nextInt(ODDITIES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
        case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 30)));
      }
      if (text.length() == 0) {
        text.append('\n');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(5) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length);
    return out.toByteArray();
  }
}
