package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a pool without opening it. */
class PoolCheckTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makePool() {
    try (ExperiencePool pool = Samples.open(folder)) {
      pool.add(
          IntStream.range(0, 100).mapToObj(i -> Samples.experience("e" + i, "r", i, "q")).toList());
      pool.addLessons(
          IntStream.range(0, 7).mapToObj(i -> Samples.lesson("l" + i, "r", i, "t")).toList());
    }
    file = folder.resolve("data-1").resolve("experiences.map");
  }

  /** Checks the pool, and that this changes nothing. */
  private PoolReport check() throws IOException {
    Map<String, Integer> before = contents();
    PoolReport report = new ChroniclePoolStore().check(folder);
    assertEquals(before, contents());
    return report;
  }

  private Map<String, Integer> contents() throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        // who looked last is in the marker of a crash
        byte[] bytes = path.endsWith("open") ? new byte[0] : Files.readAllBytes(path);
        contents.put(folder.relativize(path).toString(), Arrays.hashCode(bytes));
      }
    }
    return contents;
  }

  private void flip(String text) throws IOException {
    byte[] content = Files.readAllBytes(file);
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    int at =
        IntStream.range(0, content.length - sought.length)
            .filter(i -> Arrays.equals(content, i, i + sought.length, sought, 0, sought.length))
            .findFirst()
            .orElseThrow();
    content[at] ^= 1;
    Files.write(file, content);
  }

  @Test
  void aWholePoolIsCounted() throws Exception {
    assertEquals(new PoolReport(100, 7, List.of()), check());
  }

  @Test
  void damagedEntriesAreCountedAndLeft() throws Exception {
    flip("attempt of e42");
    PoolReport report = check();
    assertEquals(99, report.experiences());
    assertEquals(7, report.lessons());
    assertEquals(
        List.of("The pool file " + file + " is damaged; 99 entries can be read."),
        report.problems());
    assertEquals(report, check(), "nothing was mended");
  }

  @Test
  void everyFileThatCannotBeReadIsNamed() throws Exception {
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, 0, 512, (byte) 0);
    Files.write(file, content);
    Path lessons = folder.resolve("data-1").resolve("lessons.map");
    Files.delete(lessons);
    assertEquals(
        new PoolReport(
            0,
            0,
            List.of(
                "The pool file " + file + " is damaged at its beginning.",
                "The pool file " + lessons + " is missing.")),
        check());
  }

  @Test
  void aTruncatedFileIsReported() throws Exception {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300_000));
    PoolReport report = new ChroniclePoolStore().check(folder);
    assertEquals(1, report.problems().size(), report::toString);
    assertEquals(7, report.lessons());
  }

  @Test
  void aCrashIsReportedAndLeftToTheNextOpening() throws Exception {
    Files.writeString(folder.resolve("open"), "1\n");
    PoolReport report = check();
    assertEquals(100, report.experiences());
    assertEquals(
        List.of(
            "The pool in "
                + folder
                + " was not closed by its last holder; opening it recovers it."),
        report.problems());
    assertTrue(Files.exists(folder.resolve("open")));
  }

  @Test
  void aPoolThatIsOpenIsRefused() {
    try (ExperiencePool pool = Samples.open(folder)) {
      UserException e = assertThrows(UserException.class, this::check);
      assertTrue(e.getMessage().contains("is open in this process"), e::getMessage);
      assertEquals(100, pool.stats().experiences());
    }
  }

  @Test
  void aFolderWithoutAPoolIsRefusedAndStaysEmpty() {
    Path other = folder.resolve("other");
    UserException e =
        assertThrows(UserException.class, () -> new ChroniclePoolStore().check(other));
    assertEquals("There is no pool in " + other + ".", e.getMessage());
    assertFalse(Files.exists(other));
  }
}
