package io.lanpo.pool.chronicle;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads every entry of a pool that is closed. A whole file is read where it is; of one that is
 * damaged, or left by a crash, a copy is recovered, to see how much the recovery will save.
 */
final class PoolCheck {
  /** The folder of the copy. */
  static final String COPY = "checking";

  /** Finds the id of an entry. */
  private interface Decoder {
    String id(byte[] value) throws IOException;
  }

  private final Path folder;
  private final boolean afterCrash;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param folder the pool folder, locked
   * @param afterCrash whether the last holder crashed
   */
  PoolCheck(Path folder, boolean afterCrash) {
    this.folder = folder;
    this.afterCrash = afterCrash;
  }

  /**
   * @throws UserException when there is no pool in the folder
   */
  static void demandPool(Path folder) throws IOException {
    if (newest(folder) == null) {
      throw new UserException(
          "There is no pool in %s.".formatted(folder),
          "Name the folder of a pool, such as the folder pool of a run.");
    }
  }

  private static @Nullable Path newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    List<Path> generations = PoolFiles.generations(folder);
    return generations.isEmpty() ? null : generations.get(generations.size() - 1);
  }

  /** Does the check. */
  PoolReport report() throws IOException {
    Path data = newest(folder);
    if (data == null) {
      return new PoolReport(0, 0, List.of("The pool folder %s is empty.".formatted(folder)));
    }
    if (afterCrash) {
      problems.add(
          "The pool in %s was not closed by its last holder; opening it recovers it."
              .formatted(folder));
    }
    try {
      PoolFormat format = PoolFormat.read(data);
      long experiences =
          read(
              data.resolve(PoolFiles.EXPERIENCES),
              format.experiences(),
              value -> ExperienceCodec.decode(value).id());
      long lessons =
          read(
              data.resolve(PoolFiles.LESSONS),
              format.lessons(),
              value -> LessonCodec.decode(value).lesson().id());
      return new PoolReport(experiences, lessons, problems);
    } catch (UserException e) {
      problems.add(e.getMessage());
      return new PoolReport(0, 0, problems);
    }
  }

  private long read(Path file, PoolFormat.Part part, Decoder decoder) throws IOException {
    try {
      PoolFiles.demandWhole(file, part);
    } catch (UserException e) {
      problems.add(e.getMessage());
      return 0;
    }
    try {
      Tally tally = new Tally(decoder);
      if (!afterCrash && EntryLog.peek(file, part.layout(), tally::add)) {
        return tally.reported(file);
      }
      return recovered(file, part, decoder);
    } catch (IOException | RuntimeException e) {
      if (e instanceof UserException) {
        throw e;
      }
      problems.add("The pool file %s cannot be read: %s.".formatted(file, e.getMessage()));
      return 0;
    }
  }

  private long recovered(Path file, PoolFormat.Part part, Decoder decoder) throws IOException {
    Path copies = folder.resolve(COPY);
    PoolFiles.deleteTree(copies);
    PoolFiles.demandSpace(folder, Files.size(file));
    Path copy = Files.createDirectory(copies).resolve(file.getFileName());
    try {
      Files.copy(file, copy);
      EntryLog.Opened opened = EntryLog.recovered(copy, part.layout());
      try (EntryLog log = opened.log()) {
        Tally tally = new Tally(decoder);
        for (long number : log.numbers()) {
          byte[] value = log.read(number);
          if (value != null) {
            tally.add(value);
          }
        }
        if (opened.mended() > 0) {
          problems.add(
              "The pool file %s %s; %d entries can be read."
                  .formatted(
                      file, afterCrash ? "was being written" : "is damaged", tally.ids.size()));
        }
        return tally.reported(file);
      }
    } finally {
      PoolFiles.deleteTree(copies);
    }
  }

  /** The entries of a file that could be read. */
  private final class Tally {
    private final Decoder decoder;
    private final Set<String> ids = new HashSet<>();
    private long repeated;
    private long unreadable;

    Tally(Decoder decoder) {
      this.decoder = decoder;
    }

    void add(byte[] value) {
      try {
        if (!ids.add(decoder.id(value))) {
          repeated++;
        }
      } catch (IOException e) {
        unreadable++;
      }
    }

    long reported(Path file) {
      if (unreadable > 0) {
        problems.add(
            "The pool file %s has %d entries that this program cannot read."
                .formatted(file, unreadable));
      }
      if (repeated > 0) {
        problems.add(
            "The pool file %s has %d entries whose id another entry has."
                .formatted(file, repeated));
      }
      return ids.size();
    }
  }
}
