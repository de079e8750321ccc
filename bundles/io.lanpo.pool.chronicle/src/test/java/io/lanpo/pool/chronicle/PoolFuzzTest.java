package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pools with several files damaged in several ways at once. Whatever comes out went in, and nothing
 * but a {@link UserException} is thrown. {@code -Dlanpo.fuzz.pools=N} for another number of them,
 * {@code -Dlanpo.fuzz.seed=S} for others.
 */
@Tag("full")
class PoolFuzzTest {
  private static final int MANY = Integer.getInteger("lanpo.fuzz.pools", 200);

  private static final Map<String, String> SETTINGS =
      Map.of("capacity", "100", "entry-bytes", "64", "lessons", "50");
  private static final List<Experience> EXPERIENCES =
      IntStream.range(0, 60).mapToObj(WriterProcess::numbered).toList();
  private static final List<StoredLesson> LESSONS =
      IntStream.range(0, 20).mapToObj(i -> Samples.lesson("l" + i, "r", i, "t" + i)).toList();

  @TempDir Path folder;

  /** Format 3 is what was written before there were logs. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void nothingButWhatWentInComesOut(int format) throws Exception {
    long seed = Long.getLong("lanpo.fuzz.seed", 7);
    Path sound = folder.resolve("sound");
    if (format == 3) {
      OldPool.make(sound, 100, EXPERIENCES, 5, LESSONS);
    } else {
      try (ExperiencePool pool = Samples.open(sound, SETTINGS)) {
        pool.add(EXPERIENCES);
        pool.addLessons(LESSONS);
        pool.rollback("r", 50);
        pool.add(EXPERIENCES);
      }
    }
    Path pool = folder.resolve("pool");
    int opened = 0;
    for (int i = 0; i < MANY; i++) {
      Random random = new Random(seed + i);
      FileTree.delete(pool);
      copy(sound, pool);
      String done = damage(pool, random);
      try {
        opened += survives(pool) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + (seed + i) + ": " + done, e);
      }
    }
    assertTrue(opened > 0 && opened < MANY, opened + " could be opened");
  }

  private static boolean survives(Path pool) {
    try {
      new ChroniclePoolStore().check(pool);
    } catch (UserException e) {
      assertTrue(e.getMessage().contains(pool.toString()), e::toString);
    }
    try (ExperiencePool open = Samples.open(pool, SETTINGS)) {
      assertTrue(EXPERIENCES.containsAll(open.experiences().toList()));
      assertTrue(LESSONS.containsAll(open.lessons()));
      List<Experience> ids = open.experiences().toList();
      assertEquals(ids.size(), open.stats().experiences());
      open.add(EXPERIENCES);
      open.rollback("r", 10);
      return true;
    } catch (UserException e) {
      assertTrue(e.getMessage().contains(pool.toString()), e::toString);
      return false;
    }
  }

  private static String damage(Path pool, Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(pool)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<String> done = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      Path file = files.get(random.nextInt(files.size()));
      int way = random.nextInt(8);
      done.add(pool.relativize(file) + " " + way);
      if (Files.isRegularFile(file)) {
        damage(file, way, random);
      }
    }
    return done.toString();
  }

  private static void damage(Path file, int way, Random random) throws IOException {
    byte[] content = Files.readAllBytes(file);
    // What is looked at first stands at the beginning.
    int reach = random.nextBoolean() ? content.length : Math.min(content.length, 20_000);
    int at = reach == 0 ? 0 : random.nextInt(reach);
    int end = Math.min(content.length, at + 1 + random.nextInt(1 << random.nextInt(14)));
    switch (way) {
      case 0 -> Files.delete(file);
      case 1 -> Files.write(file, Arrays.copyOf(content, at));
      case 2 -> Files.write(file, Arrays.copyOf(content, content.length + 1 + random.nextInt(99)));
      case 3 -> {
        Files.delete(file);
        Files.createDirectories(file.resolve("folder"));
      }
      case 4 -> {
        byte[] noise = new byte[end - at];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, content, at, noise.length);
        Files.write(file, content);
      }
      case 5 -> {
        Arrays.fill(content, at, end, (byte) (random.nextBoolean() ? 0 : 0xFF));
        Files.write(file, content);
      }
      case 6 -> {
        int from = random.nextInt(at + 1);
        System.arraycopy(content.clone(), from, content, at, end - at);
        Files.write(file, content);
      }
      default -> {
        for (int i = 0; i < 1 + random.nextInt(8) && content.length > 0; i++) {
          content[random.nextInt(Math.max(1, reach))] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, content);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
