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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not as the pool wrote them. */
@Timeout(50)
class DamageTest {
  private static final List<Experience> EXPERIENCES =
      IntStream.range(0, 100).mapToObj(i -> Samples.experience("e" + i, "r", i, "q")).toList();
  private static final List<StoredLesson> LESSONS =
      IntStream.range(0, 7).mapToObj(i -> Samples.lesson("l" + i, "r", i, "t" + i)).toList();

  @TempDir Path folder;
  private Path map;
  private Path log;
  private Path format;

  @BeforeEach
  void makePool() {
    try (ExperiencePool pool = Samples.open(folder)) {
      pool.add(EXPERIENCES);
      pool.addLessons(LESSONS);
    }
    Path data = folder.resolve("data-1");
    map = data.resolve("experiences.map");
    log = data.resolve("experiences.log");
    format = data.resolve("format.properties");
  }

  private PoolReport check() {
    return new ChroniclePoolStore().check(folder);
  }

  private UserException refusal() {
    UserException e = assertThrows(UserException.class, () -> Samples.open(folder));
    assertTrue(e.getMessage().contains(folder.toString()), e::getMessage);
    assertFalse(e.nextStep().isEmpty());
    return e;
  }

  private void nothingIsLost() {
    for (int opening = 0; opening < 2; opening++) {
      try (ExperiencePool pool = Samples.open(folder)) {
        assertEquals(EXPERIENCES, pool.experiences().toList());
        assertEquals(LESSONS, pool.lessons());
      }
      assertEquals(new PoolReport(100, 7, List.of()), check());
    }
  }

  /** Chronicle would read outside of the file by most of these, and end the process. */
  private enum Harm {
    ZEROS_AT_THE_BEGINNING(b -> Arrays.fill(b, 0, 4096, (byte) 0)),
    ZEROS_BEHIND_THE_BEGINNING(b -> Arrays.fill(b, 4096, b.length, (byte) 0)),
    ZEROS_IN_THE_HASH_TABLE(b -> Arrays.fill(b, 4096 + 192, 4096 + 192 + 8192, (byte) 0)),
    ALL_BITS_SET_BEHIND_THE_BEGINNING(b -> Arrays.fill(b, 4096, b.length, (byte) 0xFF)),
    A_FLIPPED_BIT_IN_THE_HEAD(b -> b[20] ^= 1),
    A_FLIPPED_BIT_IN_THE_TAIL(b -> b[b.length - 1] ^= 1),
    NOISE(
        b -> {
          byte[] noise = new byte[b.length - 4096];
          new Random(1).nextBytes(noise);
          System.arraycopy(noise, 0, b, 4096, noise.length);
        });

    private final Consumer<byte[]> change;

    Harm(Consumer<byte[]> change) {
      this.change = change;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedMapIsMadeAgain(Harm harm) throws Exception {
    byte[] content = Files.readAllBytes(map);
    harm.change.accept(content);
    Files.write(map, content);
    PoolReport report = check();
    assertEquals(100, report.experiences());
    assertEquals(
        List.of(
            "The pool file "
                + map
                + " is not what it was when the pool was closed; the next opening repairs that, nothing is lost."),
        report.problems());
    nothingIsLost();
  }

  @Test
  void aMapThatIsMissingOrCutOrAFolderIsMadeAgain() throws Exception {
    Files.delete(map);
    assertEquals(
        List.of(
            "The pool file "
                + map
                + " is missing; the next opening repairs that, nothing is lost."),
        check().problems());
    nothingIsLost();
    Path second = folder.resolve("data-2").resolve("experiences.map");
    Files.write(second, Arrays.copyOf(Files.readAllBytes(second), 5000));
    nothingIsLost();
    Path third = folder.resolve("data-3").resolve("lessons.map");
    Files.delete(third);
    Files.createDirectories(third.resolve("in-the-way"));
    assertEquals(
        List.of(
            "The pool file "
                + third
                + " is no file; the next opening repairs that, nothing is lost."),
        check().problems());
    nothingIsLost();
    assertTrue(Files.exists(third.resolve("in-the-way")), "what the pool has not made stays");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 30, 2000})
  void aDamagedLogIsMadeAgainFromTheMap(int at) throws Exception {
    flip(log, at, 1);
    assertEquals(1, check().problems().size(), check()::toString);
    assertTrue(check().problems().get(0).contains(log.toString()), check()::toString);
    nothingIsLost();
  }

  /** A process that is killed leaves part of a batch behind, which nobody was promised. */
  @Test
  void whatWasNotAcknowledgedIsNoPartOfThePool() throws Exception {
    byte[] whole = Files.readAllBytes(log);
    Path end = folder.resolve("data-1").resolve("experiences.end");
    byte[] acknowledged = Files.readAllBytes(end);
    byte[] closed = Files.readAllBytes(format);
    try (ExperiencePool pool = Samples.open(folder)) {
      pool.add(List.of(Samples.experience("half", "r", 1, "q")));
    }
    assertTrue(Files.size(log) > whole.length);
    Files.write(end, acknowledged);
    Files.write(format, closed);
    Files.writeString(folder.resolve("open"), "1\n");
    assertEquals(100, check().experiences());
    nothingIsLost();
  }

  @ParameterizedTest
  @ValueSource(strings = {"experiences.log", "lessons.log", "experiences.end", "format.properties"})
  void aFileThatIsMissingCostsNothing(String name) throws Exception {
    Files.delete(folder.resolve("data-1").resolve(name));
    assertEquals(1, check().problems().size(), check()::toString);
    assertTrue(check().problems().get(0).contains(name), check()::toString);
    nothingIsLost();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "experiences.log",
        "experiences.end",
        "experiences.map",
        "lessons.log",
        "lessons.end",
        "lessons.map",
        "format.properties"
      })
  void aFileOfAnotherPoolIsNoticed(String name) throws Exception {
    Path other = folder.resolve("other");
    try (ExperiencePool pool = Samples.open(other, Map.of("capacity", "1000", "lessons", "500"))) {
      pool.add(List.of(Samples.experience("stranger", "r", 1, "q")));
      pool.addLessons(List.of(Samples.lesson("stranger", "r", 1, "t")));
    }
    Path data = folder.resolve("data-1");
    Files.copy(
        other.resolve("data-1").resolve(name),
        data.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
    assertFalse(check().problems().isEmpty());
    nothingIsLost();
  }

  /** After a crash no map can be trusted, so the log is all there is. */
  @Test
  void withoutAMapADamagedStretchOfTheLogCostsTheEntriesInItOnly() throws Exception {
    Files.delete(map);
    int at = Samples.find(log, "attempt of e42");
    flip(log, at, 200);
    PoolReport report = check();
    String told =
        "%d of 100 entries of %s can be read; others may be lost, or removed ones be back."
            .formatted(report.experiences(), log);
    assertTrue(report.problems().contains(told), report::toString);
    byte[] before = Files.readAllBytes(log);
    try (ExperiencePool pool = Samples.open(folder)) {
      List<Experience> kept = pool.experiences().toList();
      assertEquals(report.experiences(), kept.size());
      assertTrue(kept.size() >= 96 && kept.size() < 100, () -> kept.size() + " kept");
      assertTrue(EXPERIENCES.containsAll(kept));
      assertEquals(LESSONS, pool.lessons());
      pool.add(List.of(Samples.experience("more", "r", 1, "q")));
    }
    assertEquals(List.of(), check().problems());
    assertTrue(
        Arrays.equals(before, Files.readAllBytes(folder.resolve("damaged-1/experiences.log"))),
        "what could not be read is kept");
  }

  @Test
  void aTextThatSpellsARecordIsNoEntry() throws Exception {
    Path other = folder.resolve("other");
    byte[] content = Files.readAllBytes(log);
    String record = new String(content, 24, content.length - 24, StandardCharsets.ISO_8859_1);
    try (ExperiencePool pool = Samples.open(other)) {
      pool.add(
          List.of(
              Samples.saying(Samples.experience("spelled", "r", 1, "q"), record),
              Samples.experience("next", "r", 1, "q")));
    }
    Path data = other.resolve("data-1");
    Files.delete(data.resolve("experiences.map"));
    flip(data.resolve("experiences.log"), 30, 1);
    try (ExperiencePool pool = Samples.open(other)) {
      assertEquals(List.of("next"), Samples.ids(pool));
    }
  }

  @Test
  void aPoolWithoutLogAndMapIsRefusedAndLeftAsItIs() throws Exception {
    Files.delete(map);
    byte[] content = Files.readAllBytes(log);
    Arrays.fill(content, (byte) 0);
    Files.write(log, content);
    for (int i = 0; i < 2; i++) {
      UserException e = refusal();
      assertEquals(
          "The pool file %s is damaged at its beginning, and experiences.map is not what it was when the pool was closed."
              .formatted(log),
          e.getMessage());
      assertTrue(
          e.nextStep().contains("lanpo pool rebuild RUN-FOLDER… --pool POOL-FOLDER --force"),
          e::nextStep);
    }
    assertEquals(7, check().lessons());
    Files.delete(log);
    assertTrue(refusal().getMessage().contains("experiences.log is missing"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void anotherFormatIsRefusedNamingBothVersions(int version) throws Exception {
    String good = Files.readString(format);
    Files.writeString(format, "version=" + version);
    assertEquals(
        "The pool in %s has format version %d; this program reads version 4."
            .formatted(folder, version),
        refusal().getMessage());
    Files.writeString(format, good);
    nothingIsLost();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "version=x", "version=4", "version=\\u12", "version=4\nchecksum=0"})
  void aDamagedFormatFileCostsNothing(String content) throws Exception {
    Files.writeString(format, content);
    assertEquals(
        List.of("The pool file " + format + " is damaged; it can be made again."),
        check().problems());
    nothingIsLost();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "open"})
  void aFolderInThePlaceOfALockIsNamed(String name) throws Exception {
    Files.deleteIfExists(folder.resolve(name));
    Files.createDirectory(folder.resolve(name));
    String message = folder.resolve(name) + " is a folder; the pool needs a file of this name.";
    assertEquals(message, refusal().getMessage());
    assertEquals(message, assertThrows(UserException.class, this::check).getMessage());
    Files.delete(folder.resolve(name));
    nothingIsLost();
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    UserException e = assertThrows(UserException.class, () -> Samples.open(inTheWay));
    assertTrue(
        e.getMessage().startsWith("The pool in " + inTheWay + " cannot be opened"), e::getMessage);
  }

  @Test
  void aDiskThatIsTooSmallIsNoticedBeforeAnythingIsWritten() {
    Path other = folder.resolve("other");
    Map<String, String> tooMuch = Map.of("capacity", "10000000", "entry-bytes", "1048576");
    UserException e = assertThrows(UserException.class, () -> Samples.open(other, tooMuch));
    assertTrue(e.getMessage().startsWith("The disk of the pool folder " + other), e::getMessage);
    assertTrue(e.nextStep().contains("pool.capacity"), e::nextStep);
    try (ExperiencePool pool = Samples.open(other)) {
      pool.add(List.of(Samples.experience("e", "r", 1, "q")));
    }
  }

  private static void flip(Path file, int from, int bytes) throws IOException {
    byte[] content = Files.readAllBytes(file);
    for (int i = from; i < from + bytes; i++) {
      content[i] ^= (byte) (bytes == 1 ? 1 : 0xFF);
    }
    Files.write(file, content);
  }

  /** {@code /dev/full} answers every write as a full disk does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedWhateverIsWrittenFirst() throws Exception {
    Files.createSymbolicLink(folder.resolve("open"), Path.of("/dev/full"));
    UserException e = assertThrows(UserException.class, () -> Samples.open(folder));
    assertEquals("The disk of the pool folder " + folder + " is full.", e.getMessage());
    Files.delete(folder.resolve("open"));
    nothingIsLost();
  }
}
