package io.lanpo.engine.run.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealedJsonTest {
  enum Kind {
    ONE,
    TWO
  }

  record Inner(int count, double share) {}

  record Document(
      int step,
      long bytes,
      String name,
      Kind kind,
      boolean whole,
      Map<String, String> settings,
      List<Inner> inner,
      int[] tokens,
      @Nullable Inner more) {}

  private static final Document DOCUMENT =
      new Document(
          7,
          1L << 40,
          "a \"name\" <é>",
          Kind.TWO,
          true,
          Map.of("seed", "0"),
          List.of(new Inner(1, 1e-7), new Inner(2, 1 / 3.0)),
          new int[] {1, 2},
          null);

  @TempDir Path folder;
  private SealedJson<Document> file;

  @BeforeEach
  void aFile() {
    file = new SealedJson<>(folder.resolve("document.json"), Document.class, "more");
    file.write("run-1", DOCUMENT);
  }

  private String text() throws IOException {
    return Files.readString(file.file());
  }

  private Document read() {
    Document read = file.read("run-1");
    if (read == null) {
      throw new AssertionError("it is gone");
    }
    return read;
  }

  @Test
  void whatWasWrittenComesBack() throws IOException {
    assertEquals(Json.line(DOCUMENT), Json.line(read()));
    Files.writeString(file.file(), text().replace("\n", "").replace("  ", ""));
    assertEquals(Json.line(DOCUMENT), Json.line(read()), "spaces do not count");
    Files.delete(file.file());
    assertNull(file.read("run-1"));
  }

  @Test
  void thatOfAnotherRunIsRefused() {
    UserException e = assertThrows(UserException.class, () -> file.read("run-2"));
    assertTrue(String.valueOf(e.getMessage()).contains("is not as run run-2 wrote it"));
  }

  @Test
  void oneThatWasEditedIsTakenAsItIsOnceItsSealIsTakenOff() throws IOException {
    Files.writeString(file.file(), text().replace("\"seed\": \"0\"", "\"seed\": \"1\""));
    UserException e = assertThrows(UserException.class, this::read);
    assertTrue(e.nextStep().contains("delete the key checksum"), e.nextStep());
    Files.writeString(file.file(), text().replaceAll(",\\s*\"checksum\": \"[0-9a-f]*\"", ""));
    assertEquals("1", read().settings().get("seed"));
    assertTrue(file.unsealed());
  }

  /** Whatever bit it is: refused, or no difference, as in a space. */
  @Test
  void noFlippedBitGoesUnnoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file.file());
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file.file(), flipped);
      try {
        assertTrue(
            Json.line(DOCUMENT).equals(Json.line(read())) || file.unsealed(),
            new String(flipped, java.nio.charset.StandardCharsets.ISO_8859_1));
      } catch (UserException e) {
        refused++;
      }
    }
    assertNotEquals(0, refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"step\": 7            | \"step\": -1               | step = -1 is not a whole number, 0 or more",
        "\"step\": 7            | \"step\": 1.5              | step = 1.5 is not a whole number, 0 or more",
        "\"step\": 7            | \"step\": 99999999999      | step = 99999999999 is not a whole number",
        "\"step\": 7            | \"step\": \"7\"            | step = \"7\" is not a whole number",
        "\"step\": 7            | \"step\": null             | step = null is not a whole number",
        "\"step\": 7            | \"stop\": 7                | it lacks step, a whole number",
        "\"kind\": \"TWO\"      | \"kind\": \"THREE\"        | kind = \"THREE\" is not one of ONE, TWO",
        "\"whole\": true        | \"whole\": 1               | whole = 1 is not true or false",
        "\"seed\": \"0\"        | \"seed\": null             | settings.seed = null is not a text",
        "\"seed\": \"0\"        | \"seed\": 0                | settings.seed = 0 is not a text",
        "\"count\": 2           | \"count\": []              | inner[1].count = [] is not a whole number",
        "\"share\": 1.0E-7      | \"share\": 1e999           | inner[0].share = 1e999 is not a number",
        "\"share\": 1.0E-7      | \"share\": 1e999999999     | inner[0].share = 1e999999999 is not a number",
        "\"share\": 1.0E-7      | \"share\": NaN             | inner[0].share = \"NaN\" is not a number",
      })
  void aWrongValueIsNamed(String from, String to, String message) throws IOException {
    String text = text();
    assertTrue(text.contains(from), text);
    Files.writeString(file.file(), text.replace(from, to));
    UserException e = assertThrows(UserException.class, this::read);
    String said = String.valueOf(e.getMessage());
    assertTrue(said.contains(message) && said.contains("document.json"), said);
    assertFalse(e.nextStep().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|it lacks step",
        "[]|not a JSON object",
        "7|not a JSON object",
        "{|not JSON",
        "null|not a JSON object"
      })
  void whatIsNoDocumentIsRefused(String text, String message) throws IOException {
    assertDamaged(text, message);
  }

  @Test
  void anEmptyFileAndZerosAreRefused() throws IOException {
    assertDamaged("", "not a JSON object");
    assertDamaged("\0\0", "not a JSON object");
  }

  private void assertDamaged(String text, String message) throws IOException {
    Files.writeString(file.file(), text);
    UserException e = assertThrows(UserException.class, this::read);
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }
}
