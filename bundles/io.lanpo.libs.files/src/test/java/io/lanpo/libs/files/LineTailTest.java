package io.lanpo.libs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineTailTest {
  @TempDir Path folder;
  private Path file;
  private LineTail tail;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void follow() {
    file = folder.resolve("metrics.jsonl");
    tail = new LineTail(file);
  }

  @Test
  void newLinesComeOnceAndWhole() throws IOException {
    assertEquals(List.of(), look());
    append("a\nb");
    assertEquals(List.of("0 a"), look());
    assertEquals(List.of(), look());
    append("c\nd\n");
    assertEquals(List.of("2 bc", "5 d"), look());
  }

  @Test
  void aFileThatWasCutBackComesAgain() throws IOException {
    append("a\nb\nc\n");
    look();
    Files.writeString(file, "a\n");
    assertEquals(List.of("restart", "0 a"), look());
  }

  @Test
  void aFileThatWasCutBackAndHasGrownBeyondComesAgain() throws IOException {
    append("a\nb\n");
    look();
    Files.writeString(file, "a\nother\nand more\n");
    assertEquals(List.of("restart", "0 a", "2 other", "8 and more"), look());
  }

  @Test
  void aFileThatWentCountsNoLonger() throws IOException {
    append("a\n");
    look();
    Files.delete(file);
    assertEquals(List.of("restart"), look());
    assertEquals(List.of(), look());
    append("b\n");
    assertEquals(List.of("0 b"), look());
  }

  @Test
  void aLineMayBeLongerThanTheBuffer() throws IOException {
    String line = "x".repeat(3_000_000);
    append("a\n" + line + "\nb\n");
    assertEquals(List.of("0 a", "2 " + line, "3000003 b"), look());
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<String> look() throws IOException {
    seen.clear();
    tail.follow(
        new LineTail.Visitor() {
          @Override
          public void restart() {
            seen.add("restart");
          }

          @Override
          public void line(long at, byte[] bytes, int from, int length) {
            seen.add(at + " " + new String(bytes, from, length, StandardCharsets.UTF_8));
          }
        });
    return List.copyOf(seen);
  }
}
