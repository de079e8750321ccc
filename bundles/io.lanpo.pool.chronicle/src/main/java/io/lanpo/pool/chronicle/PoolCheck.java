package io.lanpo.pool.chronicle;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolReport;
import io.lanpo.pool.chronicle.codec.ExperienceCodec;
import io.lanpo.pool.chronicle.codec.LessonCodec;
import io.lanpo.pool.chronicle.file.FolderLock;
import io.lanpo.pool.chronicle.file.PoolFiles;
import io.lanpo.pool.chronicle.file.PoolReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads every entry of a closed pool, from where an opening would take it, and changes nothing. */
final class PoolCheck {
  private static final int MOST_PROBLEMS = 20;

  /** Reads a value and returns its id. */
  private interface Reader {
    String id(byte[] value) throws IOException;
  }

  private final List<String> problems = new ArrayList<>();
  private int omitted;

  private PoolCheck() {}

  /**
   * Checks a pool and leaves its folder as it was.
   *
   * @throws UserException when there is no pool, or another holds it
   */
  static PoolReport of(Path folder) throws IOException {
    if (!PoolFiles.isPool(folder)) {
      throw new UserException(
          "There is no pool in %s.".formatted(folder), "Name the folder of a pool.");
    }
    FolderLock lock = FolderLock.take(folder);
    try {
      return new PoolCheck().report(lock);
    } finally {
      lock.restore();
    }
  }

  private PoolReport report(FolderLock lock) throws IOException {
    if (lock.crashed() != null) {
      problem(
          "The process that had the pool open (%s) ended without closing it; the next opening repairs that."
              .formatted(lock.crashed()));
    }
    long experiences = 0;
    long lessons = 0;
    try (PoolReading reading = PoolReading.of(lock)) {
      reading.problems().forEach(this::problem);
      experiences = read(reading.experiences(), v -> ExperienceCodec.decode(v).id());
      lessons = read(reading.lessons(), v -> LessonCodec.decode(v).lesson().id());
    } catch (UserException e) {
      problem(String.valueOf(e.getMessage()));
    }
    if (omitted > 0) {
      problems.add("%d more problems.".formatted(omitted));
    }
    return new PoolReport(experiences, lessons, problems);
  }

  private long read(PoolReading.Values values, Reader reader) {
    values.problems().forEach(this::problem);
    long readable = 0;
    Set<String> ids = new HashSet<>();
    for (long number : values.numbers()) {
      try {
        if (ids.add(reader.id(values.read(number)))) {
          readable++;
        } else {
          problem("Entry %d of %s has the id of another.".formatted(number, values.file()));
        }
      } catch (IOException e) {
        problem(
            "Entry %d of %s cannot be read: %s".formatted(number, values.file(), e.getMessage()));
      }
    }
    return readable;
  }

  private void problem(String sentence) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(sentence);
    } else {
      omitted++;
    }
  }
}
