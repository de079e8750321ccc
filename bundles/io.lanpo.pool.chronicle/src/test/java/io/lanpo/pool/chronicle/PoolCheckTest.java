package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolCheckTest {
  @TempDir Path folder;
  private Path file;

  private void makePool() {
    try (ExperiencePool pool = Samples.open(folder)) {
      pool.add(
          IntStream.range(0, 100).mapToObj(i -> Samples.experience("e" + i, "r", i, "q")).toList());
      pool.addLessons(
          IntStream.range(0, 7).mapToObj(i -> Samples.lesson("l" + i, "r", i, "t" + i)).toList());
    }
    file = folder.resolve("data-1").resolve("experiences.map");
  }

  private PoolReport check() {
    return new ChroniclePoolStore().check(folder);
  }

  /** Every file of the folder with its content. */
  private Map<String, byte[]> content() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return all;
  }

  private PoolReport checkedWithoutATrace() throws IOException {
    Map<String, byte[]> before = content();
    PoolReport report = check();
    Map<String, byte[]> after = content();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    return report;
  }

  @Test
  void aSoundPoolHasNoProblems() throws Exception {
    makePool();
    assertEquals(new PoolReport(100, 7, List.of()), checkedWithoutATrace());
  }

  @Test
  void aDamagedMapIsNamedAndLeftAsItIs() throws Exception {
    makePool();
    byte[] content = Files.readAllBytes(file);
    content[Samples.find(file, "attempt of e42")] ^= 1;
    Files.write(file, content);
    PoolReport report = checkedWithoutATrace();
    assertEquals(100, report.experiences());
    assertEquals(
        List.of(
            "The pool file "
                + file
                + " is not what it was when the pool was closed; the next opening repairs that, nothing is lost."),
        report.problems());
    assertEquals(report, check(), "the damage is still there");
  }

  @Test
  void aDamagedLogIsReadFromTheMap() throws Exception {
    makePool();
    Path log = folder.resolve("data-1").resolve("experiences.log");
    Files.write(log, new byte[5000]);
    PoolReport report = checkedWithoutATrace();
    assertEquals(100, report.experiences());
    assertEquals(
        List.of(
            "The pool file "
                + log
                + " is damaged at its beginning; the next opening repairs that, nothing is lost."),
        report.problems());
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    makePool();
    Path log = folder.resolve("data-1").resolve("experiences.log");
    Files.write(file, new byte[5000]);
    Files.write(log, new byte[5000]);
    PoolReport report = checkedWithoutATrace();
    assertEquals(0, report.experiences());
    assertEquals(7, report.lessons());
    assertTrue(
        report.problems().stream().anyMatch(p -> p.contains(log.toString())), report::toString);
    Files.delete(folder.resolve("data-1").resolve("format.properties"));
    assertTrue(check().problems().get(0).contains("format.properties is missing"));
  }

  @Test
  void aPoolThatACrashLeftIsReadFromItsLog() throws Exception {
    makePool();
    try (ChildJvm writer =
        new ChildJvm(WriterProcess.class, folder.toString(), "1000", "1000", "1000")) {
      assertEquals("open", writer.line());
      writer.line();
      writer.kill();
    }
    String holder = Files.readString(folder.resolve("open")).strip();
    PoolReport report = checkedWithoutATrace();
    assertTrue(report.experiences() >= 100 + WriterProcess.BATCH, report::toString);
    assertTrue(report.problems().get(0).contains("(process " + holder + ")"), report::toString);
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(report.experiences(), pool.stats().experiences());
    }
    assertEquals(List.of(), check().problems());
  }

  @Test
  void aPoolThatIsOpenOrAbsentIsRefused() {
    assertThrows(UserException.class, this::check);
    makePool();
    try (ExperiencePool pool = Samples.open(folder)) {
      UserException e = assertThrows(UserException.class, this::check);
      assertTrue(e.getMessage().contains("is open in this process"), e::getMessage);
      assertEquals(100, pool.stats().experiences());
    }
  }
}
