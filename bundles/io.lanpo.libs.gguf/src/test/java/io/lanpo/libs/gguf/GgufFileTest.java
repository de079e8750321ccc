package io.lanpo.libs.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.gguf.GgufBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GgufFileTest {
  /** Random blocks of every type, and what the Python package of the format makes of them. */
  private static final Path QUANTS =
      Path.of("../../integration-tests/peers/fixtures/gguf/quants.gguf");

  @TempDir Path folder;

  static GgufBytes sound() {
    return new GgufBytes()
        .note("general.architecture", "llama")
        .note("b", true)
        .note("n", 7)
        .note("w", 1L << 40)
        .note("f", 1e-6f)
        .note("words", List.of("a", "é"))
        .note("kinds", List.of(1, 3))
        .floats("first", new long[] {2, 3}, 1, 2, 3, 4, 5, 6)
        .tensor("second", 8, new long[] {1, 32}, new byte[34]);
  }

  private GgufFile open(byte[] content) throws IOException {
    return GgufFile.open(Files.write(folder.resolve("m.gguf"), content));
  }

  private UserException refused(byte[] content) {
    return assertThrows(UserException.class, () -> open(content).close());
  }

  @ParameterizedTest
  @EnumSource(names = "F32", mode = EnumSource.Mode.EXCLUDE)
  void decodesEveryTypeAsItsMakersDo(TensorType type) {
    try (GgufFile file = GgufFile.open(QUANTS)) {
      GgufTensor tensor = file.tensors().get(type.name());
      assertEquals(type, tensor.type());
      int count = (int) tensor.count();
      float[] expected = file.tensors().get(type.name() + ".expected").read(0, count);
      assertArrayEquals(expected, tensor.read(0, count));
      // also where a piece begins and ends within a block
      for (int from = 1; from + 5 < count; from += 7) {
        assertArrayEquals(Arrays.copyOfRange(expected, from, from + 5), tensor.read(from, 5));
      }
    }
  }

  @Test
  void hasNotesAndTensors() throws IOException {
    try (GgufFile file = open(sound().bytes())) {
      Metadata notes = file.metadata();
      assertEquals("llama", notes.text("general.architecture"));
      assertTrue(notes.flag("b", false));
      assertEquals(7, notes.whole("n"));
      assertEquals(1L << 40, notes.whole("w"));
      assertEquals(1e-6, notes.number("f"));
      assertEquals(List.of("a", "é"), notes.texts("words"));
      assertEquals(List.of(1L, 3L), notes.wholes("kinds"));
      assertEquals(List.of("first", "second"), List.copyOf(file.tensors().keySet()));
      GgufTensor first = file.tensors().get("first");
      assertArrayEquals(new long[] {2, 3}, first.shape());
      assertArrayEquals(new float[] {3, 4, 5}, first.read(2, 3));
      UserException wrong = assertThrows(UserException.class, () -> notes.text("n"));
      assertEquals(folder.resolve("m.gguf") + ": n = 7; it must be text", wrong.getMessage());
      assertThrows(UserException.class, () -> notes.whole("absent"));
      assertThrows(UserException.class, () -> notes.texts("kinds"));
    }
  }

  @Test
  void isLookedForInAFolder() throws IOException {
    Path file = Files.write(folder.resolve("m.gguf"), sound().bytes());
    assertEquals(Optional.of(file), GgufFile.in(file));
    assertEquals(Optional.of(file), GgufFile.in(folder));
    assertEquals(Optional.empty(), GgufFile.in(folder.resolve("other.gguf")));
    Path other = Files.write(folder.resolve("n.gguf"), sound().bytes());
    assertEquals(Optional.empty(), GgufFile.in(folder), "which one?");
    Files.delete(other);
    Files.writeString(folder.resolve("config.json"), "{}");
    assertEquals(Optional.empty(), GgufFile.in(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 71 | it does not begin with GGUF",
        "4 | 1 | version 1 is not supported; 2 and 3 are",
        "7 | 3 | is not supported",
        "15 | 127 | it claims 9151314442816847874 tensors in the",
        "8 | 3 | it ",
        "16 | 200 | it ",
        "23 | 255 | it claims 18374686479671623687 notes in the",
      })
  void aFrontThatClaimsTooMuchIsRefused(int place, int value, String reason) {
    byte[] content = sound().bytes();
    content[place] = (byte) (place == 0 ? value + 1 : value);
    UserException e = refused(content);
    assertTrue(e.getMessage().startsWith(folder.resolve("m.gguf").toString()), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void aFileThatIsCutIsRefusedWhereverItIsCut() {
    byte[] whole = sound().bytes();
    for (int length = 0; length < whole.length; length++) {
      UserException e = refused(Arrays.copyOf(whole, length));
      assertTrue(e.getMessage().contains(" is damaged: "), e.getMessage());
    }
  }

  @Test
  void whatBelongsToNoTensorIsRefused() {
    byte[] content = Arrays.copyOf(sound().bytes(), sound().bytes().length + 64);
    assertTrue(refused(content).getMessage().contains("belong to no tensor"));
  }

  @Test
  void tensorsAreWhereTheySay() {
    byte[] content = sound().bytes();
    int name = indexOf(content, "second");
    int offset = name + "second".length() + 4 + 16 + 4;
    for (long wrong : new long[] {0, 8, 64, 1 << 20, -1}) {
      byte[] changed = content.clone();
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, wrong);
      assertTrue(refused(changed).getMessage().contains("tensor second"), "offset " + wrong);
    }
  }

  @Test
  void whatIsNotReadIsRefusedByName() {
    byte[] bytes = new byte[136];
    UserException e = refused(new GgufBytes().tensor("t", 21, new long[] {1, 256}, bytes).bytes());
    assertTrue(e.getMessage().contains("tensor t has type IQ3_S; F32, F16, Q4_0"), e.getMessage());
    e = refused(new GgufBytes().tensor("t", 8, new long[] {1, 31}, new byte[34]).bytes());
    assertTrue(e.getMessage().contains("does not divide into blocks of 32"), e.getMessage());
    e = refused(sound().note("split.count", 3).bytes());
    assertTrue(e.getMessage().contains("split.count = 3: the model is in several files"));
    e = refused(sound().note("n", 3).bytes());
    assertTrue(e.getMessage().contains("it has the key n twice"), e.getMessage());
    e = refused(sound().note("general.alignment", 24).bytes());
    assertTrue(e.getMessage().contains("must be a power of two"), e.getMessage());
  }

  private static int indexOf(byte[] content, String word) {
    return new String(content, StandardCharsets.ISO_8859_1).indexOf(word);
  }
}
