package io.lanpo.libs.djl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeArchiveTest {
  @TempDir Path cache;

  @Test
  void unpacksWhatIsBelowThePrefix() throws IOException {
    byte[] zip = zip("a/b/libone.so", "a/b/libtwo.so", "a/other.txt");
    Path folder = cache.resolve("engine/1.0-cpu");
    new NativeArchive(() -> new ByteArrayInputStream(zip), "a/b/").unpackTo(folder);
    assertEquals(List.of("libone.so", "libtwo.so"), names(folder));
    assertEquals("a/b/libtwo.so", Files.readString(folder.resolve("libtwo.so")));
  }

  @Test
  void theSecondTimeNothingIsRead() throws IOException {
    byte[] zip = zip("p/lib.so");
    Path folder = cache.resolve("f");
    AtomicInteger opened = new AtomicInteger();
    NativeArchive archive =
        new NativeArchive(
            () -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream(zip);
            },
            "p/");
    archive.unpackTo(folder);
    archive.unpackTo(folder);
    assertEquals(1, opened.get());
  }

  @Test
  void aDiskThatFillsUpLeavesNothing() throws IOException {
    byte[] zip = zip("p/libone.so", "p/libtwo.so");
    InputStream full =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Path folder = cache.resolve("f");
    NativeArchive archive =
        new NativeArchive(
            () -> new SequenceInputStream(new ByteArrayInputStream(zip, 0, zip.length / 2), full),
            "p/");
    IOException e = assertThrows(IOException.class, () -> archive.unpackTo(folder));
    assertEquals("No space left on device", e.getMessage());
    assertEquals(List.of("f.lock"), names(cache));
    new NativeArchive(() -> new ByteArrayInputStream(zip), "p/").unpackTo(folder);
    assertEquals(List.of("libone.so", "libtwo.so"), names(folder));
  }

  @Test
  void whatAKilledProcessLeftIsNotTakenForLibraries() throws IOException {
    byte[] zip = zip("p/lib.so");
    Files.createDirectories(cache.resolve("f.part"));
    Files.writeString(cache.resolve("f.part/half.so"), "half");
    new NativeArchive(() -> new ByteArrayInputStream(zip), "p/").unpackTo(cache.resolve("f"));
    assertEquals(List.of("lib.so"), names(cache.resolve("f")));
    assertFalse(Files.exists(cache.resolve("f.part")));
  }

  @Test
  void aJarWithoutLibrariesForThisPlatformIsAnError() throws IOException {
    byte[] zip = zip("p/other/lib.so");
    NativeArchive archive = new NativeArchive(() -> new ByteArrayInputStream(zip), "p/linux/");
    IOException e = assertThrows(IOException.class, () -> archive.unpackTo(cache.resolve("f")));
    assertEquals("no native libraries below p/linux/", e.getMessage());
  }

  @Test
  void entriesCannotLeaveTheFolder() throws IOException {
    byte[] zip = zip("p/../../evil.so");
    NativeArchive archive = new NativeArchive(() -> new ByteArrayInputStream(zip), "p/");
    assertThrows(IOException.class, () -> archive.unpackTo(cache.resolve("f")));
    assertFalse(Files.exists(cache.resolveSibling("evil.so")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(UTF_8));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
