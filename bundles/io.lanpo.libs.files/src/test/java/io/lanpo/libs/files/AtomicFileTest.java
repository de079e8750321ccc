package io.lanpo.libs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsMadeAndReplaced() throws IOException {
    Path file = folder.resolve("run.json");
    AtomicFile.write(file, "the first, longer than the other");
    AtomicFile.write(file, "größer");
    assertEquals("größer", Files.readString(file));
    assertEquals(List.of("run.json"), names());
  }

  @Test
  void whatFailsHalfwayLeavesTheOldContentAndNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), "old");
    IOException full = new IOException("no space left");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw full;
                    }));
    assertSame(full, thrown);
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("run.json"), names());
  }

  @Test
  void theOldContentIsSeenUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), "old");
    AtomicFile.write(
        file,
        out -> {
          out.write("new".getBytes(StandardCharsets.UTF_8));
          out.flush();
          assertEquals("old", Files.readString(file));
        });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void writersOfOneFileDoNotMixTheirContents() throws Exception {
    Path file = folder.resolve("run.json");
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<? extends Future<?>> writing =
          IntStream.range(0, 40)
              .mapToObj(i -> writers.submit(() -> writeUnchecked(file, "x".repeat(1 + i * 1000))))
              .toList();
      for (Future<?> each : writing) {
        each.get();
      }
    } finally {
      writers.shutdownNow();
    }
    assertEquals(1, Files.size(file) % 1000);
    assertEquals(List.of("run.json"), names());
  }

  @Test
  void theFolderMustExist() {
    assertThrows(
        NoSuchFileException.class, () -> AtomicFile.write(folder.resolve("none/run.json"), "text"));
  }

  private static void writeUnchecked(Path file, String content) {
    try {
      AtomicFile.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
