package io.lanpo.pool.chronicle;

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
 * <p>Version 1 did not pack values, did not note sizes and had larger allocation units. An older
 * pool is copied into the newest version when it is opened.
 *
 * @param version version of the format
 * @param experiences the file of experiences
 * @param lessons the file of lessons
 */
record PoolFormat(int version, Part experiences, Part lessons) {
  /**
   * Raised when files of this version can no longer be read by older code; new protobuf tags need
   * no new version.
   */
  static final int VERSION = 3;

  /** What helps when a file is lost. */
  static final String REMEDY =
      "Put back a copy of the pool folder, or move it away and make the pool anew from the runs:"
          + " runtime/bin/lanpo pool rebuild runs/*/rollouts.jsonl";

  static final String FILE = "format.properties";

  /**
   * One file.
   *
   * @param layout how it was made
   * @param bytes its size, which never changes; 0 when it was not noted
   * @param head fingerprint of its head
   */
  record Part(Layout layout, long bytes, String head) {
    /** Describes a file that has just been made. */
    static Part of(Path file, Layout layout) throws IOException {
      return new Part(layout, Files.size(file), MapHeader.fingerprint(file));
    }

    /**
     * Looks for the damage that Chronicle would hang on, or pass over.
     *
     * @throws UserException naming the file
     */
    void demandSound(Path file) throws IOException {
      if (!Files.exists(file)) {
        throw damaged(file, "is missing");
      }
      if (!MapHeader.fingerprint(file).equals(head)) {
        throw damaged(file, "is damaged at its beginning");
      }
      if (bytes > 0 && Files.size(file) != bytes) {
        throw damaged(file, "has %d bytes, not %d".formatted(Files.size(file), bytes));
      }
    }
  }

  /** Describes the files of today's version. */
  PoolFormat(Part experiences, Part lessons) {
    this(VERSION, experiences, lessons);
  }

  /**
   * Reads the file of a data folder.
   *
   * @throws UserException when it is missing, damaged or of another version
   */
  static PoolFormat read(Path data) throws IOException {
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
    int version = (int) number(p, file, "version");
    if (version != VERSION) {
      throw new UserException(
          "The pool in %s has format version %d; this program reads version %d."
              .formatted(data.getParent(), version, VERSION),
          REMEDY);
    }
    return new PoolFormat(
        version, part(p, file, "experiences.", version), part(p, file, "lessons.", version));
  }

  /** Writes the file, in today's version. */
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

  private static Part part(Properties p, Path file, String prefix, int version) {
    long entries = number(p, file, prefix + "entries");
    int meanBytes = (int) number(p, file, prefix + "mean-bytes");
    String head = p.getProperty(prefix + "head", "");
    if (version == 1) {
      return new Part(Layout.ofVersion1(entries, meanBytes), 0, head);
    }
    Layout layout =
        new Layout(entries, meanBytes, (int) number(p, file, prefix + "chunk-bytes"), true);
    return new Part(layout, number(p, file, prefix + "bytes"), head);
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
