package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.pool.chronicle.codec.ExperienceCodec;
import io.lanpo.pool.chronicle.file.Packing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that cannot be used as they are. No damage makes the pool hang, or wait for the minute that
 * Chronicle itself gives a file that it finds incomplete.
 */
@Timeout(50)
class DamageTest {
  @TempDir Path folder;
  private Path file;
  private Path format;

  @BeforeEach
  void makePool() {
    try (ExperiencePool pool = Samples.open(folder)) {
      pool.add(
          IntStream.range(0, 100).mapToObj(i -> Samples.experience("e" + i, "r", i, "q")).toList());
    }
    file = folder.resolve("data-1").resolve("experiences.map");
    format = folder.resolve("data-1").resolve("format.properties");
  }

  private UserException refusal() {
    UserException e = assertThrows(UserException.class, () -> Samples.open(folder));
    assertTrue(e.getMessage().contains(folder.toString()), e::getMessage);
    assertTrue(!e.nextStep().isEmpty());
    if (!e.getMessage().contains("version") && !e.getMessage().contains("disk")) {
      assertTrue(
          e.nextStep().contains("runtime/bin/lanpo pool rebuild runs/*/rollouts.jsonl"),
          e::nextStep);
    }
    return e;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 512, 4096})
  void aBeginningOfZerosIsNoticed(int bytes) throws Exception {
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, 0, bytes, (byte) 0);
    Files.write(file, content);
    assertEquals("The pool file " + file + " is damaged at its beginning.", refusal().getMessage());
  }

  @Test
  void aBeginningOfNoiseIsNoticed() throws Exception {
    byte[] content = Files.readAllBytes(file);
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, content, 0, noise.length);
    Files.write(file, content);
    assertTrue(refusal().getMessage().contains("is damaged at its beginning"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 100, 5000})
  void aTruncatedFileIsNoticed(int bytes) throws Exception {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
    refusal();
  }

  @Test
  void aMissingFileIsNoticed() throws Exception {
    Files.delete(file);
    assertEquals("The pool file " + file + " is missing.", refusal().getMessage());
  }

  @Test
  void oneDamagedEntryCostsThatEntryOnly() throws Exception {
    Samples.damage(file, "e42");
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(
          IntStream.range(0, 100).filter(i -> i != 42).mapToObj(i -> "e" + i).toList(),
          Samples.ids(pool));
    }
  }

  /** Behind the head and the counters lies the hash table; half a line of it is lost. */
  @Test
  void aDamagedTableIsRepaired() throws Exception {
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, 6131, 6131 + 32, (byte) 0);
    Files.write(file, content);
    try (ExperiencePool pool = Samples.open(folder)) {
      int kept = Samples.ids(pool).size();
      assertTrue(kept >= 90 && kept <= 100, () -> kept + " kept");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anotherFormatIsRefusedNamingBothVersions(int version) throws Exception {
    Files.writeString(format, Files.readString(format).replace("version=3", "version=" + version));
    assertEquals(
        "The pool in %s has format version %d; this program reads version 3."
            .formatted(folder, version),
        refusal().getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "version=x", "version=3", "version=\\u12"})
  void aDamagedFormatFileIsRefused(String content) throws Exception {
    Files.writeString(format, content);
    assertTrue(refusal().getMessage().startsWith("The pool file " + format + " is damaged"));
  }

  @Test
  void aRefusalLeavesThePoolAsItWas() throws Exception {
    String good = Files.readString(format);
    Files.writeString(format, "version=4");
    refusal();
    refusal();
    Files.writeString(format, good);
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(100, pool.stats().experiences());
    }
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

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.999})
  void aFileCutShortIsNoticed(double share) throws Exception {
    long bytes = Files.size(file);
    long left = (long) (share * bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(left);
    }
    assertEquals(
        "The pool file %s has %d bytes, not %d.".formatted(file, left, bytes),
        refusal().getMessage());
  }

  @Test
  void aFlippedBitInTheHeadIsNoticed() throws Exception {
    flip(20, 1);
    assertEquals("The pool file " + file + " is damaged at its beginning.", refusal().getMessage());
  }

  /** The end of the file is free space; nothing is lost. */
  @Test
  void aFlippedBitInTheTailHurtsNobody() throws Exception {
    flip(Files.size(file) - 1, 1);
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(100, Samples.ids(pool).size());
    }
  }

  /** 64 KB in the middle of the entries: those are gone, the others stay. */
  @Test
  void aDamagedStretchCostsTheEntriesInItOnly() throws Exception {
    Path other = folder.resolve("large");
    try (ExperiencePool pool = Samples.open(other)) {
      pool.add(IntStream.range(0, 900).mapToObj(DamageTest::noisy).toList());
    }
    file = other.resolve("data-1").resolve("experiences.map");
    byte[] content = Files.readAllBytes(file);
    byte[] text;
    try (Packing packing = new Packing()) {
      text = Arrays.copyOf(packing.pack(ExperienceCodec.encode(noisy(301))), 100);
    }
    int at =
        IntStream.range(0, content.length - text.length)
            .filter(i -> Arrays.equals(content, i, i + text.length, text, 0, text.length))
            .findFirst()
            .orElseThrow();
    flip(at, 64 << 10);
    List<String> before = new ChroniclePoolStore().check(other).problems();
    assertEquals(1, before.size());
    assertTrue(before.get(0).startsWith(file + " has to be repaired"), before::toString);
    try (ExperiencePool pool = Samples.open(other)) {
      List<Experience> kept = pool.experiences().toList();
      assertTrue(kept.size() >= 840 && kept.size() < 890, () -> kept.size() + " kept");
      kept.forEach(e -> assertEquals(noisy(e.step()), e));
      pool.add(List.of(Samples.experience("more", "r", 1, "q")));
    }
    assertEquals(List.of(), new ChroniclePoolStore().check(other).problems());
  }

  private static Experience noisy(int i) {
    return Samples.saying(Samples.experience("e" + i, "r", i, "q"), Samples.noise(i, 2000));
  }

  private void flip(long from, int bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer stretch = ByteBuffer.allocate(bytes);
      channel.read(stretch, from);
      for (int i = 0; i < bytes; i++) {
        stretch.array()[i] ^= (byte) (bytes == 1 ? 1 : 0xFF);
      }
      channel.write(stretch.rewind(), from);
    }
  }

  /** {@code /dev/full} answers every write as a full disk does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedWhateverIsWrittenFirst() throws Exception {
    Files.createSymbolicLink(folder.resolve("open"), Path.of("/dev/full"));
    UserException e = assertThrows(UserException.class, () -> Samples.open(folder));
    assertEquals("The disk of the pool folder " + folder + " is full.", e.getMessage());
    Files.delete(folder.resolve("open"));
    try (ExperiencePool pool = Samples.open(folder)) {
      assertEquals(100, pool.stats().experiences());
    }
  }
}
