package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The file {@code format.properties}: which version of the format the files beside it have, how
 * each is laid out, its size and the fingerprint of its head.
 *
 * @param experiences the file of experiences
 * @param lessons the file of lessons
 */
public record PoolFormat(Part experiences, Part lessons) {
  /**
   * Raised when files of another version are no longer read; new protobuf tags need no new version.
   */
  private static final int VERSION = 3;

  /** What helps when a file is lost. */
  public static final String REMEDY =
      "Put back a copy of the pool folder, or move it away and rebuild the pool from the runs:"
          + " runtime/bin/lanpo pool rebuild runs/*/rollouts.jsonl";

  static final String FILE = "format.properties";

  /**
   * One file.
   *
   * @param layout how it was made
   * @param bytes its size, which never changes
   * @param head fingerprint of its head
   */
  public record Part(Layout layout, long bytes, String head) {
    /** Describes a file that has just been made. */
    static Part of(Path file, Layout layout) throws IOException {
      return new Part(layout, Files.size(file), MapHeader.fingerprint(file));
    }

    /**
     * Looks for the damage that Chronicle would hang on, or pass over.
     *
     * @throws UserException naming the file
     */
    public void demandSound(Path file) throws IOException {
      if (!Files.exists(file)) {
        throw damaged(file, "is missing");
      }
      if (!MapHeader.fingerprint(file).equals(head)) {
        throw damaged(file, "is damaged at its beginning");
      }
      if (Files.size(file) != bytes) {
        throw damaged(file, "has %d bytes, not %d".formatted(Files.size(file), bytes));
      }
    }
  }

  /**
   * Reads the file of a data folder.
   *
   * @throws UserException when it is missing, damaged or of another version
   */
  public static PoolFormat read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      throw damaged(file, "is missing");
    }
    Properties p = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      p.load(reader);
    } catch (IllegalArgumentException e) {
      throw damaged(file, "is damaged");
    }
    long version = number(p, file, "version");
    if (version != VERSION) {
      throw new UserException(
          "The pool in %s has format version %d; this program reads version %d."
              .formatted(data.getParent(), version, VERSION),
          REMEDY);
    }
    return new PoolFormat(part(p, file, "experiences."), part(p, file, "lessons."));
  }

  /** Writes the file. */
  void write(Path data) throws IOException {
    Files.writeString(
        data.resolve(FILE),
        "version=%d%n%s%s"
            .formatted(VERSION, lines("experiences.", experiences), lines("lessons.", lessons)));
  }

  private static String lines(String prefix, Part part) {
    return "%1$sentries=%2$d%n%1$smean-bytes=%3$d%n%1$schunk-bytes=%4$d%n%1$sbytes=%5$d%n%1$shead=%6$s%n"
        .formatted(
            prefix,
            part.layout.entries(),
            part.layout.meanBytes(),
            part.layout.chunkBytes(),
            part.bytes,
            part.head);
  }

  private static Part part(Properties p, Path file, String prefix) {
    long entries = number(p, file, prefix + "entries");
    int meanBytes = (int) number(p, file, prefix + "mean-bytes");
    int chunkBytes = (int) number(p, file, prefix + "chunk-bytes");
    return new Part(
        new Layout(entries, meanBytes, chunkBytes),
        number(p, file, prefix + "bytes"),
        p.getProperty(prefix + "head", ""));
  }

  private static long number(Properties p, Path file, String key) {
    String value = p.getProperty(key, "");
    if (!value.matches("[1-9]\\d{0,14}")) {
      throw damaged(file, "is damaged: %s = %s".formatted(key, value));
    }
    return Long.parseLong(value);
  }

  /** A file of the pool that cannot be used. */
  static UserException damaged(Path file, String what) {
    return new UserException("The pool file %s %s.".formatted(file, what), REMEDY);
  }
}
