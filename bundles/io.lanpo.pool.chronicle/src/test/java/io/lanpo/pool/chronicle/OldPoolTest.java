package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolReport;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.pool.chronicle.codec.LessonCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools of version 3, which had maps and no logs. */
class OldPoolTest {
  private static final List<Experience> EXPERIENCES =
      IntStream.range(0, 300).mapToObj(WriterProcess::numbered).toList();
  private static final List<StoredLesson> LESSONS =
      IntStream.range(0, 7).mapToObj(i -> Samples.lesson("l" + i, "r", i, "t" + i)).toList();

  @TempDir Path folder;
  private Path map;

  @BeforeEach
  void findMap() {
    map = folder.resolve("data-1").resolve("experiences.map");
  }

  /** With many units of space the places in Chronicle's table take eight bytes instead of four. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 300_000})
  void isCopiedIntoThePresentFormat(int capacity) throws Exception {
    OldPool.make(folder, capacity, EXPERIENCES, 10, LESSONS);
    assertEquals(new PoolReport(290, 7, List.of()), new ChroniclePoolStore().check(folder));
    for (int opening = 0; opening < 2; opening++) {
      try (ExperiencePool pool = Samples.open(folder)) {
        assertEquals(EXPERIENCES.subList(10, 300), pool.experiences().toList());
        assertEquals(LESSONS, pool.lessons());
      }
    }
    assertTrue(Files.exists(folder.resolve("data-2").resolve("experiences.log")));
    assertFalse(Files.exists(folder.resolve("data-1")));
  }

  /** Places in bytes: the head, the table, the free list, the entries. */
  @ParameterizedTest
  @CsvSource({
    "4288, 8192, 00",
    "4288, 600, ff",
    "12544, 100, ff",
    "12544, 16384, 00",
    "60000, 400, 00"
  })
  void damageInItIsToldAndTheOldFilesAreKept(int from, int bytes, String value) throws Exception {
    OldPool.make(folder, 1000, EXPERIENCES, 10, LESSONS);
    byte[] content = Files.readAllBytes(map);
    Arrays.fill(content, from, from + bytes, (byte) Integer.parseInt(value, 16));
    Files.write(map, content);
    PoolReport report = new ChroniclePoolStore().check(folder);
    assertEquals(1, report.problems().size(), report::toString);
    assertTrue(report.problems().get(0).contains(map.toString()), report::toString);
    if (report.experiences() == 0) {
      UserException e = assertThrows(UserException.class, () -> Samples.open(folder));
      assertTrue(e.getMessage().contains(map.toString()), e::getMessage);
    } else {
      try (ExperiencePool pool = Samples.open(folder)) {
        assertEquals(report.experiences(), pool.stats().experiences());
        assertTrue(EXPERIENCES.containsAll(pool.experiences().toList()));
      }
      assertTrue(Files.exists(folder.resolve("damaged-1").resolve("experiences.map")));
    }
  }

  /** Such as one of a later program, which knows more modes. */
  @Test
  void anEntryThatIsNotUnderstoodCostsItselfOnly() throws Exception {
    OldPool.make(folder, 1000, EXPERIENCES, 0, LESSONS);
    OldPool.fill(
        folder.resolve("data-1/lessons.map"),
        1000,
        LESSONS,
        0,
        l -> l.step() == 3 ? new byte[] {16, 9} : LessonCodec.encode(l));
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(EXPERIENCES, pool.experiences().toList());
      assertEquals(6, pool.lessons().size());
    }
    PoolReport report = new ChroniclePoolStore().check(folder);
    assertEquals(6, report.lessons());
    assertTrue(report.problems().get(0).contains("Entry 3 of"), report::toString);
  }

  @Test
  void noiseEndsNoProcess() throws Exception {
    OldPool.make(folder, 1000, EXPERIENCES, 10, LESSONS);
    byte[] content = Files.readAllBytes(map);
    byte[] noise = content.clone();
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 4096, content, 4096, content.length - 4096);
    Files.write(map, content);
    assertThrows(UserException.class, () -> Samples.open(folder));
    System.arraycopy(noise, 0, content, 0, 4096);
    Files.write(map, content);
    assertThrows(UserException.class, () -> Samples.open(folder));
    Files.delete(map);
    assertThrows(UserException.class, () -> Samples.open(folder));
  }
}
