package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolReport;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every file of a pool, damaged in every way, one at a time. What comes out is what went in, or it
 * is told what is not: never a difference without a word, an exception of another kind, a long wait
 * or, as Chronicle would by itself, the end of the process.
 */
@Tag("full")
class DamageDrillTest {
  private static final int CUTS = 20;
  private static final int FLIPS = 50;

  private static final Map<String, String> SETTINGS =
      Map.of("capacity", "400", "entry-bytes", "64", "lessons", "50");

  @TempDir Path folder;
  private final Random random = new Random(Long.getLong("lanpo.fuzz.seed", 7));
  private Path sound;
  private Path other;
  private Path pool;
  private List<Experience> experiences;
  private List<StoredLesson> lessons;

  @BeforeEach
  void makePaths() {
    sound = folder.resolve("sound");
    other = folder.resolve("other");
    pool = folder.resolve("pool");
  }

  private ExperiencePool open(Path where) {
    return Samples.open(where, SETTINGS);
  }

  /** A pool that was closed. */
  private void closed(Path where, int from) {
    try (ExperiencePool filled = open(where)) {
      for (int i = from; i < from + 300; i++) {
        filled.add(List.of(WriterProcess.numbered(i)));
        filled.addLessons(
            i % 10 == 0 ? List.of(Samples.lesson("l" + i, "r", i, "t" + i)) : List.of());
      }
      filled.rollback("r", from + 280);
      experiences = filled.experiences().toList();
      lessons = filled.lessons();
    }
  }

  /** A pool whose process was killed. */
  private void killed(Path where) throws Exception {
    try (ChildJvm writer = new ChildJvm(WriterProcess.class, where.toString(), "0", "400", "50")) {
      while (Integer.parseInt(writer.line().replace("open", "0")) < 200) {
        continue;
      }
      writer.kill();
    }
    Path copy = folder.resolve("copy");
    copy(where, copy);
    try (ExperiencePool opened = open(copy)) {
      experiences = opened.experiences().toList();
      lessons = opened.lessons();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noDamageIsSilent(boolean orderly) throws Exception {
    closed(other, 1000);
    if (orderly) {
      closed(sound, 0);
    } else {
      killed(sound);
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(sound)) {
      files = all.filter(Files::isRegularFile).map(sound::relativize).sorted().toList();
    }
    assertEquals(orderly ? 8 : 9, files.size(), files::toString);
    List<String> silent = new ArrayList<>();
    for (Path file : files) {
      for (Damage damage : damages(file)) {
        String outcome = outcome(file, damage);
        if (!outcome.isEmpty()) {
          silent.add("%s, %s: %s".formatted(file, damage.name(), outcome));
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  /**
   * A way to damage a file.
   *
   * @param change makes the new content; null leaves no file
   */
  private record Damage(String name, UnaryOperator<byte[]> change) {}

  private List<Damage> damages(Path file) throws IOException {
    int length = (int) Files.size(sound.resolve(file));
    List<Damage> all = new ArrayList<>();
    for (int i = 0; i < CUTS; i++) {
      int left = length == 0 ? 0 : random.nextInt(length);
      all.add(new Damage("cut to " + left, b -> Arrays.copyOf(b, left)));
    }
    int page = length / 4096 == 0 ? 0 : 4096 * random.nextInt(length / 4096);
    all.add(new Damage("zeros from " + page, b -> filled(b, page, page + 4096, 0)));
    all.add(new Damage("zeros behind the first page", b -> filled(b, 4096, b.length, 0)));
    for (int i = 0; i < FLIPS; i++) {
      long bit = length == 0 ? 0 : random.nextLong(8L * length);
      all.add(new Damage("bit " + bit, b -> flipped(b, bit)));
    }
    // The upper half of a map is empty space; here is what Chronicle walks.
    for (int i = 0; i < FLIPS; i++) {
      long bit = random.nextLong(8L * Math.max(1, Math.min(length, 60_000)));
      all.add(new Damage("bit " + bit, b -> flipped(b, bit)));
    }
    all.add(new Damage("all bits set", b -> filled(b, 0, b.length, 0xFF)));
    all.add(new Damage("bits set behind a page", b -> filled(b, 4096, b.length, 0xFF)));
    all.add(new Damage("removed", b -> null));
    all.add(new Damage("empty", b -> new byte[0]));
    byte[] others =
        Files.exists(other.resolve(file)) ? Files.readAllBytes(other.resolve(file)) : new byte[3];
    all.add(new Damage("another pool's", b -> others));
    all.add(new Damage("read-only", b -> b));
    return all;
  }

  private static byte[] filled(byte[] content, int from, int to, int value) {
    Arrays.fill(
        content, Math.min(from, content.length), Math.min(to, content.length), (byte) value);
    return content;
  }

  private static byte[] flipped(byte[] content, long bit) {
    if (content.length > 0) {
      content[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
    }
    return content;
  }

  /** What is wrong with how a damaged file was treated; empty when nothing is. */
  private String outcome(Path file, Damage damage) throws IOException {
    FileTree.delete(pool);
    copy(sound, pool);
    byte[] content = damage.change().apply(Files.readAllBytes(pool.resolve(file)));
    if (content == null) {
      Files.delete(pool.resolve(file));
    } else {
      Files.write(pool.resolve(file), content);
    }
    if (damage.name().equals("read-only")) {
      assertTrue(pool.resolve(file).toFile().setReadOnly());
    }
    try {
      return treated();
    } catch (UserException e) {
      boolean clear = e.getMessage().contains(pool.toString()) && !e.nextStep().isEmpty();
      // What hangs is given up, and said to have taken too long.
      return clear && !e.getMessage().contains(" within ") ? "" : "said only " + e;
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private String treated() {
    PoolReport report = new ChroniclePoolStore().check(pool);
    List<Experience> kept;
    List<StoredLesson> keptLessons;
    try (ExperiencePool opened = open(pool)) {
      kept = opened.experiences().toList();
      keptLessons = opened.lessons();
    }
    boolean whole = kept.equals(experiences) && keptLessons.equals(lessons);
    // What is lost is told, and what could not be read is kept.
    boolean told = !report.problems().isEmpty() && Files.exists(pool.resolve("damaged-1"));
    if (!whole && !told) {
      return "%d and %d without a word".formatted(kept.size(), keptLessons.size());
    }
    if (kept.size() != report.experiences() || keptLessons.size() != report.lessons()) {
      return "the check tells %s, the opening keeps %d".formatted(report, kept.size());
    }
    try (ExperiencePool again = open(pool)) {
      return again.experiences().toList().equals(kept) ? "" : "another result the second time";
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    assertFalse(Files.exists(to.resolve("damaged-1")));
  }
}
