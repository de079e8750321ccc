package io.lanpo.libs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.libs.files.LineReader.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineReaderTest {
  @TempDir Path folder;

  @Test
  void linesAreNumberedAndTheLastOneSaysWhetherItEnds() throws IOException {
    assertEquals(List.of(), read(""));
    assertEquals(List.of(new Line(1, "a", true)), read("a\n"));
    assertEquals(
        List.of(new Line(1, "a", true), new Line(2, "", true), new Line(3, "b", false)),
        read("a\n\nb"));
  }

  @Test
  void byteOrderMarkAndCarriageReturnsAreNoText() throws IOException {
    assertEquals(List.of(new Line(1, "a", true), new Line(2, "b", false)), read("\uFEFFa\r\nb\r"));
    assertEquals(List.of(new Line(1, "", true), new Line(2, "", true)), read("\uFEFF\r\n\r\n"));
  }

  @Test
  void aLineMayBeLongerThanAnyBuffer() throws IOException {
    String text = "größer ".repeat(100_000);
    assertEquals(
        List.of(new Line(1, text, true), new Line(2, text, false)), read(text + "\n" + text));
  }

  @Test
  void aCharacterThatIsCutOffIsLeftOut() throws IOException {
    byte[] bytes = "whole\nhalf ä".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of(new Line(1, "whole", true), new Line(2, "half ", false)),
        read(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  @Test
  void aWholeLineThatIsNotUtf8IsNamedAndTheNextOneIsRead() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, "a\n\u00E4\nb\n\u00E4c".getBytes(StandardCharsets.ISO_8859_1));
    try (LineReader reader = LineReader.open(file)) {
      assertEquals(new Line(1, "a", true), reader.next());
      assertEquals(2, assertThrows(LineReader.NotUtf8Exception.class, reader::next).line());
      assertEquals(2, reader.number());
      assertEquals(new Line(3, "b", true), reader.next());
      assertThrows(LineReader.NotUtf8Exception.class, reader::next);
    }
  }

  @Test
  void aMissingFileIsAnError() {
    assertThrows(NoSuchFileException.class, () -> LineReader.open(folder.resolve("none")));
  }

  private List<Line> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Line> read(byte[] bytes) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (LineReader reader = LineReader.open(Files.write(folder.resolve("file"), bytes))) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
