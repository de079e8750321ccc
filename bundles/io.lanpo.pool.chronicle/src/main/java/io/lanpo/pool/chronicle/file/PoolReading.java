package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a pool for a look at them, whatever state its files are in. */
public final class PoolReading implements AutoCloseable {
  private final List<String> problems = new ArrayList<>();
  private final Values experiences;
  private final Values lessons;

  private PoolReading(FolderLock folder, Path data) throws IOException {
    OldFormat old = OldFormat.read(data);
    PoolFormat format = old == null ? PoolFormat.read(data) : null;
    if (old == null && format == null) {
      problems.add(PoolFormat.fault(data));
    }
    Values first = Values.of(folder, data, Kind.EXPERIENCES, old, format);
    boolean done = false;
    try {
      lessons = Values.of(folder, data, Kind.LESSONS, old, format);
      done = true;
    } finally {
      if (!done) {
        first.close();
      }
    }
    experiences = first;
  }

  /**
   * Begins to read.
   *
   * @param folder a pool's folder, locked
   * @throws UserException when the pool is of another version
   */
  public static PoolReading of(FolderLock folder) throws IOException {
    List<Path> generations = DataFolder.generations(folder.folder());
    return new PoolReading(folder, generations.get(generations.size() - 1));
  }

  /** What is not as it should be, apart from the entries. */
  public List<String> problems() {
    return problems;
  }

  public Values experiences() {
    return experiences;
  }

  public Values lessons() {
    return lessons;
  }

  @Override
  public void close() throws IOException {
    try (experiences) {
      lessons.close();
    }
  }

  /** The entries of one kind. */
  public static final class Values implements AutoCloseable {
    private final Path file;
    private final List<String> problems;
    private final Closeable files;
    private final Packing packing = new Packing();
    private @Nullable EntrySource source;

    private Values(Inspection inspection, boolean crashed) throws IOException {
      file = inspection.log();
      files = inspection;
      problems = new ArrayList<>(inspection.problems(crashed));
      if (take(inspection::rest)) {
        problems.replaceAll(
            p ->
                p.substring(0, p.length() - 1)
                    + "; the next opening repairs that, nothing is lost.");
      }
    }

    private Values(Path map, OldFormat old, Kind kind) throws IOException {
      file = map;
      files = () -> {};
      problems = new ArrayList<>();
      take(() -> old.rest(kind));
    }

    private static Values of(
        FolderLock folder,
        Path data,
        Kind kind,
        @Nullable OldFormat old,
        @Nullable PoolFormat format)
        throws IOException {
      return old == null
          ? new Values(Inspection.of(folder, data, kind, format), folder.afterCrash())
          : new Values(kind.map(data), old, kind);
    }

    /** Looks for entries. */
    private interface Search {
      EntrySource.Rest rest() throws IOException;
    }

    /** Whether all entries are there. */
    private boolean take(Search search) throws IOException {
      try {
        EntrySource.Rest rest = search.rest();
        source = rest.source();
        if (rest.loss() == null) {
          return true;
        }
        problems.add(rest.loss());
      } catch (UserException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      return false;
    }

    /** The file of these entries. */
    public Path file() {
      return file;
    }

    /** What is not as it should be. */
    public List<String> problems() {
      return problems;
    }

    /** The numbers of the entries that there are. */
    public long[] numbers() {
      EntrySource there = source;
      return there == null ? new long[0] : there.numbers();
    }

    /**
     * The value of a number, unpacked.
     *
     * @throws IOException when it is damaged
     */
    public byte[] read(long number) throws IOException {
      EntrySource there = source;
      if (there == null) {
        throw new IOException("there is no entry " + number);
      }
      return packing.unpack(there.packed(number));
    }

    @Override
    public void close() throws IOException {
      try (files;
          packing) {
        if (source != null) {
          source.close();
        }
      }
    }
  }
}
