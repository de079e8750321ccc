package io.lanpo.pool.chronicle;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolReport;
import io.lanpo.libs.files.FileTree;
import io.lanpo.pool.chronicle.codec.ExperienceCodec;
import io.lanpo.pool.chronicle.codec.LessonCodec;
import io.lanpo.pool.chronicle.file.EntryLog;
import io.lanpo.pool.chronicle.file.FolderLock;
import io.lanpo.pool.chronicle.file.PoolFiles;
import io.lanpo.pool.chronicle.file.PoolFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads every entry of a closed pool. Files that were closed in order are read where they are. A
 * file that a crash or damage left has to be repaired before it can be read, so that is done to a
 * copy.
 */
final class PoolCheck {
  private static final int MOST_PROBLEMS = 20;

  /** Reads a value and returns its id. */
  private interface Reader {
    String id(byte[] value) throws IOException;
  }

  private final Path folder;
  private final boolean repair;
  private final List<String> problems = new ArrayList<>();
  private int omitted;

  private PoolCheck(Path folder, boolean repair) {
    this.folder = folder;
    this.repair = repair;
  }

  /**
   * Checks a pool and leaves its folder as it was.
   *
   * @throws UserException when there is no pool, or another holds it
   */
  static PoolReport of(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || PoolFiles.generations(folder).isEmpty()) {
      throw new UserException(
          "There is no pool in %s.".formatted(folder), "Name the folder of a pool.");
    }
    FolderLock lock = FolderLock.take(folder);
    try {
      return new PoolCheck(folder, lock.afterCrash()).report(lock.crashed());
    } finally {
      FileTree.delete(folder.resolve(PoolFiles.CHECKING));
      lock.restore();
    }
  }

  private PoolReport report(@Nullable String crashed) throws IOException {
    if (crashed != null) {
      problem(
          "The process that had the pool open (%s) ended without closing it; the next opening repairs that."
              .formatted(crashed.strip()));
    }
    List<Path> generations = PoolFiles.generations(folder);
    Path data = generations.get(generations.size() - 1);
    long experiences = 0;
    long lessons = 0;
    try {
      PoolFormat format = PoolFormat.read(data);
      experiences =
          entries(
              data.resolve(PoolFiles.EXPERIENCES),
              format.experiences(),
              value -> ExperienceCodec.decode(value).id());
      lessons =
          entries(
              data.resolve(PoolFiles.LESSONS),
              format.lessons(),
              value -> LessonCodec.decode(value).lesson().id());
    } catch (UserException e) {
      problem(String.valueOf(e.getMessage()));
    }
    if (omitted > 0) {
      problems.add("%d more problems.".formatted(omitted));
    }
    return new PoolReport(experiences, lessons, problems);
  }

  /** Number of entries that can be read. */
  private long entries(Path file, PoolFormat.Part part, Reader reader) throws IOException {
    try {
      part.demandSound(file);
    } catch (UserException e) {
      problem(String.valueOf(e.getMessage()));
      return 0;
    }
    if (!repair) {
      try (EntryLog log = EntryLog.openAsIs(file, part.layout())) {
        if (log.intact()) {
          return read(file, log, reader);
        }
      } catch (RuntimeException e) {
        // A damaged hash table sends Chronicle astray in many ways; the copy shows what is left.
        problem("The hash table of %s is damaged.".formatted(file));
      }
    }
    return repaired(file, part, reader);
  }

  private long repaired(Path file, PoolFormat.Part part, Reader reader) throws IOException {
    PoolFiles.demandSpace(folder, Files.size(file));
    Path copy =
        Files.createDirectories(folder.resolve(PoolFiles.CHECKING)).resolve(file.getFileName());
    Files.copy(file, copy);
    EntryLog.Opened opened = EntryLog.recover(copy, part.layout());
    try (EntryLog log = opened.log()) {
      long readable = read(file, log, reader);
      // Chronicle reports what follows from a damaged entry as well: their number says little.
      if (opened.repaired() > 0) {
        problem(
            "%s has to be repaired; the next opening does that and keeps %d entries."
                .formatted(file, readable));
      }
      return readable;
    }
  }

  private long read(Path file, EntryLog log, Reader reader) {
    long readable = 0;
    Set<String> ids = new HashSet<>();
    for (long number : log.numbers()) {
      try {
        if (ids.add(reader.id(log.read(number)))) {
          readable++;
        } else {
          problem("Entry %d of %s has the id of another.".formatted(number, file));
        }
      } catch (IOException e) {
        problem("Entry %d of %s cannot be read: %s".formatted(number, file, e.getMessage()));
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
