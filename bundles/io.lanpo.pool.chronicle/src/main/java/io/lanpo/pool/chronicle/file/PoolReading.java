package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
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
    PoolFormat format = PoolFormat.read(data);
    if (format == null) {
      problems.add(PoolFormat.fault(data));
    }
    experiences = new Values(folder, data, Kind.EXPERIENCES, format);
    lessons = new Values(folder, data, Kind.LESSONS, format);
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
    private final Inspection inspection;
    private final Packing packing = new Packing();
    private @Nullable EntrySource source;

    private Values(FolderLock folder, Path data, Kind kind, @Nullable PoolFormat format)
        throws IOException {
      file = kind.log(data);
      inspection = Inspection.of(folder, data, kind, format);
      problems = new ArrayList<>(inspection.problems(folder.afterCrash()));
      try {
        Inspection.Rest rest = inspection.rest();
        source = rest.source();
        if (rest.loss() != null) {
          problems.add(rest.loss());
        }
      } catch (UserException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }

    /** The log of these entries. */
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
      try (inspection;
          packing) {
        if (source != null) {
          source.close();
        }
      }
    }
  }
}
