package io.lanpo.engine.run.file;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON files, written whole or not at all. */
public final class Json {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final Gson LINE =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Json() {}

  /** One line without a line end. */
  public static String line(Object value) {
    return LINE.toJson(value);
  }

  /** The value on a line; null for an empty line. */
  public static <T> @Nullable T ofLine(String line, Class<T> type) {
    return LINE.fromJson(line, type);
  }

  /** Writes a file; a reader never sees half of it. */
  public static void write(Path file, Object value) {
    writeText(file, PRETTY.toJson(value));
  }

  /** As {@link #write}, on one line: for what nobody reads and is long. */
  public static void writeLine(Path file, Object value) {
    writeText(file, line(value));
  }

  private static void writeText(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, text + "\n");
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** As it stands in a file, without the line end. */
  static String pretty(Object value) {
    return PRETTY.toJson(value);
  }

  /**
   * Reads a file.
   *
   * @param optional keys that may be absent
   * @return null when there is none
   * @throws UserException when it is not what it should be, naming the key that is wrong
   */
  public static <T> @Nullable T read(Path file, Class<T> type, String... optional) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonElement document = JsonParser.parseString(Files.readString(file));
      return value(file, document, type, Set.of(optional));
    } catch (IOException | JsonParseException e) {
      throw damaged(file, e);
    }
  }

  /**
   * As {@link #read}, without building the document in memory: for what is long. Its records check
   * themselves what they lack.
   */
  public static <T> @Nullable T readLong(Path file, Class<T> type) {
    if (!Files.exists(file)) {
      return null;
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      T value = LINE.fromJson(reader, type);
      if (value != null) {
        return value;
      }
    } catch (IOException | RuntimeException e) { // also what a record throws
      throw damaged(file, e);
    }
    throw damaged(file, "it is empty", null);
  }

  /**
   * A document as what it stands for.
   *
   * @param file where it was read, for messages
   * @param optional keys that may be absent
   * @throws UserException when it is not what it should be, naming the key that is wrong
   */
  public static <T> T value(Path file, JsonElement document, Class<T> type, Set<String> optional) {
    try {
      new JsonShape(optional).check(document, type);
      T value = PRETTY.fromJson(document, type);
      if (value != null) {
        return value;
      }
    } catch (RuntimeException e) { // also what a record throws that refuses its values
      throw damaged(file, e);
    }
    throw damaged(file, "it is empty", null);
  }

  /**
   * Reads a file of JSON lines.
   *
   * @throws UserException when it is missing or a line is not what it should be
   */
  public static <T> List<T> lines(Path file, Class<T> type) {
    List<T> values = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        values.add(value(file, JsonParser.parseString(line), type, Set.of()));
      }
    } catch (IOException | JsonParseException e) {
      throw damaged(file, e);
    }
    return values;
  }

  /** A failed write as a sentence; a full disk is the usual cause. */
  public static UserException cannotWrite(Path file, IOException e) {
    return new UserException(
        "%s cannot be written: %s".formatted(file, reason(e)),
        "Free space on that disk or correct its permissions; nothing that was written before is lost.",
        e);
  }

  /** A failed read as a sentence. */
  public static UserException cannotRead(Path path, IOException e) {
    return new UserException(
        "%s cannot be read: %s".formatted(path, reason(e)), "Check that it is there and whole.", e);
  }

  public static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What is wrong with a file, in the words of what was thrown over it. */
  static UserException damaged(Path file, Exception cause) {
    if (cause instanceof CharacterCodingException) {
      return damaged(file, "it is not UTF-8", cause);
    }
    if (cause instanceof IOException) {
      return damaged(file, "it cannot be read: " + reason(cause), cause);
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean told = root instanceof IllegalArgumentException && root.getMessage() != null;
    return damaged(file, told ? String.valueOf(root.getMessage()) : "it is not JSON", cause);
  }

  /**
   * What is wrong with a file.
   *
   * @param what a sentence about "it"
   */
  public static UserException damaged(Path file, String what, @Nullable Throwable cause) {
    return new UserException(
        "%s is missing or damaged: %s".formatted(file, what),
        "Bring back the file from a copy; what else is in its folder is not touched.",
        cause);
  }
}
