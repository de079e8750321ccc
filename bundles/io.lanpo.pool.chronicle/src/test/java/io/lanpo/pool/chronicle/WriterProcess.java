package io.lanpo.pool.chronicle;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Opens a pool and adds to it until it is killed. Prints {@code open}, then after each batch the
 * number of the last experience that was acknowledged. Arguments: folder, first number, capacity,
 * most lessons; a first number below zero only opens the pool and waits.
 */
public final class WriterProcess {
  static final int BATCH = 10;

  public static void main(String[] args) throws InterruptedException {
    ChroniclePoolStore store = new ChroniclePoolStore();
    Settings settings =
        Settings.of("test", store.settings(), Map.of("capacity", args[2], "lessons", args[3]));
    try (ExperiencePool pool = store.open(Path.of(args[0]), settings)) {
      System.out.println("open");
      int first = Integer.parseInt(args[1]);
      if (first < 0) {
        Thread.sleep(60_000);
      }
      for (int i = first; true; i += BATCH) {
        int from = i;
        pool.addLessons(List.of(Samples.lesson("l" + i, "r", i, "t")));
        pool.add(IntStream.range(from, from + BATCH).mapToObj(WriterProcess::numbered).toList());
        System.out.println(from + BATCH - 1);
      }
    } catch (UserException e) {
      System.out.println(e.getMessage());
      System.out.println(e.nextStep());
    }
  }

  /** The experience of a number, from 100 bytes to 4 KB. */
  static Experience numbered(int i) {
    Experience e = Samples.experience("e" + i, "r", i, "q" + i % 7);
    return new Experience(
        e.id(),
        e.run(),
        e.step(),
        i,
        e.question(),
        e.mode(),
        e.lessons(),
        ("attempt " + i + " ").repeat(1 + i * 31 % 300),
        true,
        e.outcome());
  }
}
