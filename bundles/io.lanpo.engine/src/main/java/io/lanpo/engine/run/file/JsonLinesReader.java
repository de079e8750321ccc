package io.lanpo.engine.run.file;

import com.google.gson.JsonParseException;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.LineReader;
import io.lanpo.libs.files.LineReader.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a log that a {@link JsonLinesWriter} wrote, line by line; logs are larger than memory. */
public final class JsonLinesReader {
  private JsonLinesReader() {}

  /**
   * Hands every line to a visitor.
   *
   * @param visitor may throw an {@link IllegalArgumentException} that says what is wrong with a
   *     line
   * @return false when the last line breaks off, as it does when a process is killed while it
   *     writes; the visitor has not seen it
   * @throws UserException naming file and line of any other line that is not what it should be
   */
  public static <T> boolean forEach(Path file, Class<T> type, Consumer<T> visitor) {
    long number = 0;
    try (LineReader reader = LineReader.open(file)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        number = line.number();
        if (!line.ended()) {
          return false;
        }
        visitor.accept(parsed(line.text(), type));
      }
      return true;
    } catch (IOException | IllegalArgumentException | JsonParseException e) {
      throw new UserException(
          "%s, line %d cannot be read: %s".formatted(file, number, Json.reason(e)),
          "Correct or delete the line, and begin again.",
          e);
    }
  }

  private static <T> T parsed(String line, Class<T> type) {
    @Nullable T value = Json.ofLine(line, type);
    if (value == null) {
      throw new IllegalArgumentException("it is empty");
    }
    return value;
  }
}
