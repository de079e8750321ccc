package io.lanpo.engine.run.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSumTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void aFile() throws IOException {
    file = Files.writeString(folder.resolve("file"), "abc");
  }

  /** The first test vector of FIPS 180-4. */
  @Test
  void itIsSha256() throws IOException {
    assertEquals(
        new FileSum(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        FileSum.of(file));
  }

  @Test
  void theBeginningOfAFileThatGrewIsWhatItWas() throws IOException {
    FileSum before = FileSum.of(file);
    Files.writeString(file, "abcd");
    assertEquals(Optional.empty(), before.difference(file, true));
    assertEquals(
        Optional.of("has 4 bytes instead of 3"), before.difference(file, false), "not a log");
    assertEquals(before, FileSum.ofBeginning(file, 3));
  }

  @Test
  void oneBitAShorterFileAFolderAndNothingAreFound() throws IOException {
    FileSum before = FileSum.of(file);
    Files.writeString(file, "abb");
    String flipped = before.difference(file, true).orElseThrow();
    assertTrue(flipped.startsWith("is not what was written: its SHA-256 begins with"), flipped);
    Files.writeString(file, "ab");
    assertEquals(Optional.of("has 2 bytes instead of at least 3"), before.difference(file, true));
    Files.delete(file);
    assertEquals(Optional.of("is missing"), before.difference(file, true));
    Files.createDirectory(file);
    assertEquals(Optional.of("is not a file"), before.difference(file, true));
  }

  /** A log is never read again for its sum while it is written. */
  @Test
  void aLogKeepsTheSumOfWhatItHolds() throws IOException {
    Path log = folder.resolve("log.jsonl");
    FileSum first;
    try (JsonLinesWriter writer = JsonLinesWriter.open(log, 0)) {
      writer.append("é");
      first = writer.sync();
      assertEquals(first, FileSum.of(log));
      writer.append(2);
      assertEquals(writer.sync(), FileSum.of(log));
    }
    try (JsonLinesWriter again = JsonLinesWriter.open(log, first.bytes())) {
      assertEquals(first, again.sync());
      again.append(3);
      assertEquals(again.sync(), FileSum.of(log));
    }
    assertEquals("\"é\"\n3\n", Files.readString(log));
  }
}
