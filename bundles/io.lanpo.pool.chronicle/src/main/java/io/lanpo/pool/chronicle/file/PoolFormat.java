package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code format.properties}: which version of the format the files beside it have, how the
 * maps are laid out, and what maps and logs were when the pool was closed. It ends with a checksum
 * of itself. All of it but the version follows from the logs, so a damaged one loses nothing.
 *
 * @param id of the logs
 * @param parts one for each kind
 */
record PoolFormat(long id, Map<Kind, Part> parts) {
  /**
   * Raised when files of another version are no longer read; new protobuf tags need no new version.
   */
  private static final int VERSION = 4;

  static final String FILE = "format.properties";

  private static final String CHECKSUM = "checksum";

  PoolFormat {
    parts = Map.copyOf(parts);
  }

  /**
   * One kind of entries.
   *
   * @param layout of the map
   * @param mapBytes size of the map
   * @param mapChecksum checksum of the map; {@link #OPEN} from when it is made until it is closed
   * @param logBytes size of the log
   * @param logChecksum checksum of the log
   * @param entries how many entries both hold
   */
  record Part(
      Layout layout,
      long mapBytes,
      long mapChecksum,
      long logBytes,
      long logChecksum,
      long entries) {
    /** No checksum of 32 bits. */
    static final long OPEN = 1L << 40;

    static Part of(Layout layout, long mapBytes, long mapChecksum, LogEnd end) {
      return new Part(layout, mapBytes, mapChecksum, end.bytes(), end.checksum(), end.entries());
    }

    /** Whether a log is as it was when the pool was closed. */
    boolean closedWith(LogEnd end) {
      return end.bytes() == logBytes && end.checksum() == logChecksum && end.entries() == entries;
    }
  }

  Part part(Kind kind) {
    return parts.getOrDefault(kind, new Part(Layout.of(1, 1), 0, Part.OPEN, 0, 0, 0));
  }

  /**
   * Reads the file of a data folder; null when it is missing or damaged.
   *
   * @throws UserException when it is of another version
   */
  static @Nullable PoolFormat read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    Properties p = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      p.load(reader);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
    Map<String, String> lines = new TreeMap<>();
    p.stringPropertyNames().forEach(key -> lines.put(key, p.getProperty(key)));
    String checksum = lines.remove(CHECKSUM);
    if (checksum != null && !checksum.equals(checksum(lines))) {
      return null;
    }
    String version = lines.getOrDefault("version", "");
    if (version.matches("[1-9]\\d{0,5}") && Integer.parseInt(version) != VERSION) {
      throw new UserException(
          "The pool in %s has format version %s; this program reads version %d."
              .formatted(data.getParent(), version, VERSION),
          Remedy.REBUILD);
    }
    return checksum == null ? null : parsed(lines);
  }

  /** What to say of a file that is missing or damaged. */
  static String fault(Path data) {
    Path file = data.resolve(FILE);
    return "The pool file %s is %s; it can be made again."
        .formatted(
            file,
            Files.isRegularFile(file) ? "damaged" : Files.exists(file) ? "no file" : "missing");
  }

  private static @Nullable PoolFormat parsed(Map<String, String> lines) {
    try {
      Map<Kind, Part> parts = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        String prefix = kind.word() + ".";
        parts.put(
            kind,
            new Part(
                new Layout(
                    number(lines, prefix + "entries"),
                    Math.toIntExact(number(lines, prefix + "mean-bytes")),
                    Math.toIntExact(number(lines, prefix + "chunk-bytes"))),
                number(lines, prefix + "map-bytes"),
                number(lines, prefix + "map-checksum"),
                number(lines, prefix + "log-bytes"),
                number(lines, prefix + "log-checksum"),
                number(lines, prefix + "held")));
      }
      return new PoolFormat(Long.parseUnsignedLong(lines.getOrDefault("id", ""), 16), parts);
    } catch (ArithmeticException | IllegalArgumentException e) {
      return null;
    }
  }

  private static long number(Map<String, String> lines, String key) {
    return Long.parseLong(lines.getOrDefault(key, ""));
  }

  /** Writes the file, all at once. */
  void write(Path data) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    lines.put("version", "" + VERSION);
    lines.put("id", Long.toHexString(id));
    parts.forEach(
        (kind, part) -> {
          String prefix = kind.word() + ".";
          lines.put(prefix + "entries", "" + part.layout.entries());
          lines.put(prefix + "mean-bytes", "" + part.layout.meanBytes());
          lines.put(prefix + "chunk-bytes", "" + part.layout.chunkBytes());
          lines.put(prefix + "map-bytes", "" + part.mapBytes);
          lines.put(prefix + "map-checksum", "" + part.mapChecksum);
          lines.put(prefix + "log-bytes", "" + part.logBytes);
          lines.put(prefix + "log-checksum", "" + part.logChecksum);
          lines.put(prefix + "held", "" + part.entries);
        });
    String text = text(lines) + CHECKSUM + "=" + checksum(lines) + "\n";
    AtomicFile.write(data.resolve(FILE), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String checksum(Map<String, String> lines) {
    byte[] bytes = text(lines).getBytes(StandardCharsets.UTF_8);
    return Integer.toHexString(LogRecord.checksum(bytes, 0, bytes.length));
  }

  private static String text(Map<String, String> lines) {
    return lines.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
