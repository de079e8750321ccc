package io.lanpo.engine.run.folder;

import com.google.gson.JsonParseException;
import io.lanpo.api.component.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a log that a {@link JsonLinesWriter} wrote, line by line; logs are larger than memory. */
final class JsonLinesReader {
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
  static <T> boolean forEach(Path file, Class<T> type, Consumer<T> visitor) {
    int number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      boolean whole = endsWithLineBreak(file);
      String next = reader.readLine();
      while (next != null) {
        String line = next;
        number++;
        next = reader.readLine();
        if (next == null && !whole) {
          return false;
        }
        visitor.accept(parsed(line, type));
      }
      return true;
    } catch (IOException | IllegalArgumentException | JsonParseException e) {
      throw new UserException(
          "%s, line %d cannot be read: %s".formatted(file, number, reason(e)),
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

  private static boolean endsWithLineBreak(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
