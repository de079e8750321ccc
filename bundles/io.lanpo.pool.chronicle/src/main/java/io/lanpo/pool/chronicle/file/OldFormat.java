package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A pool of version 3: maps without logs. It is copied into the present form when it is opened. */
final class OldFormat {
  private static final String VERSION = "3";

  private final Path data;
  private final Properties properties;

  private OldFormat(Path data, Properties properties) {
    this.data = data;
    this.properties = properties;
  }

  /** What a data folder of version 3 says; null when it is of another. */
  static @Nullable OldFormat read(Path data) throws IOException {
    Path file = data.resolve(PoolFormat.FILE);
    if (!Files.isRegularFile(file) || Files.exists(Kind.EXPERIENCES.log(data))) {
      return null;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
    return VERSION.equals(properties.getProperty("version"))
        ? new OldFormat(data, properties)
        : null;
  }

  /** How a map was laid out. */
  @Nullable Layout layout(Kind kind) {
    long entries = number(kind, ".entries", 10_000_000);
    long meanBytes = number(kind, ".mean-bytes", 1 << 30);
    long chunkBytes = number(kind, ".chunk-bytes", 1 << 30);
    return Math.min(entries, Math.min(meanBytes, chunkBytes)) < 0
        ? null
        : new Layout(entries, (int) meanBytes, (int) chunkBytes);
  }

  private long number(Kind kind, String key, long most) {
    String value = properties.getProperty(kind.word() + key, "");
    if (!value.matches("[1-9]\\d{0,14}")) {
      return -1;
    }
    long number = Long.parseLong(value);
    return number > most ? -1 : number;
  }

  /**
   * The entries of a map.
   *
   * @throws UserException when it is missing or damaged beyond repair
   */
  EntrySource.Rest rest(Kind kind) throws IOException {
    Path file = kind.map(data);
    OldMap map = Files.isRegularFile(file) ? OldMap.open(file) : null;
    if (map == null || (!map.whole() && map.numbers().length == 0)) {
      if (map != null) {
        map.close();
      }
      throw new UserException(
          "The pool file %s is %s.".formatted(file, Files.exists(file) ? "damaged" : "missing"),
          Remedy.REBUILD);
    }
    String loss =
        map.whole()
            ? null
            : "%d entries of %s can be read; others may be lost."
                .formatted(map.numbers().length, file);
    return new EntrySource.Rest(map, loss);
  }
}
