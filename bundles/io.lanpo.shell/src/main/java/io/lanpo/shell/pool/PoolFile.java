package io.lanpo.shell.pool;

import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.libs.files.AtomicFile;
import io.lanpo.libs.files.LineReader;
import io.lanpo.shell.terminal.Json;
import io.lanpo.shell.terminal.JsonLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines: the experiences of a pool, then its lessons, each oldest first. Neither
 * reading nor writing keeps more than a line in memory.
 *
 * @param path the file
 */
public record PoolFile(Path path) {
  /**
   * What was written.
   *
   * @param bytes size of the file
   */
  public record Written(long experiences, long lessons, long bytes) {}

  /**
   * Writes a pool beside the file and renames, so that the file is there whole or not at all; one
   * that is there is replaced.
   *
   * @throws UserException when the file cannot be written
   */
  public Written write(ExperiencePool pool) {
    AtomicLong experiences = new AtomicLong();
    AtomicLong lessons = new AtomicLong();
    Path file = path.toAbsolutePath();
    try {
      AtomicFile.write(
          file,
          out -> {
            try (Stream<Experience> all = pool.experiences()) {
              for (Iterator<Experience> each = all.iterator(); each.hasNext(); ) {
                line(out, new PoolEntry.ExperienceEntry(each.next()));
                experiences.incrementAndGet();
              }
            }
            for (StoredLesson lesson : pool.lessons()) {
              line(out, new PoolEntry.LessonEntry(lesson));
              lessons.incrementAndGet();
            }
          });
      return new Written(experiences.get(), lessons.get(), Files.size(file));
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s".formatted(path, reason(e)),
          "Name another file, make its folder, or free space on that disk.",
          e);
    }
  }

  private static void line(OutputStream out, PoolEntry entry) throws IOException {
    out.write((Json.of(entry.document()) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Hands every entry to a visitor, in the order of the lines; empty lines are passed over.
   *
   * @throws UserException naming line, key and value of the first line that is not right
   */
  public void forEach(Consumer<PoolEntry> visitor) {
    try (LineReader reader = LineReader.open(path)) {
      for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
        if (!line.text().isBlank()) {
          visitor.accept(entry(line));
        }
      }
    } catch (LineReader.NotUtf8Exception e) {
      throw new UserException(
          "%s, line %d is not UTF-8 text".formatted(path, e.line()),
          "Give a file that 'lanpo pool export' has written.",
          e);
    } catch (NoSuchFileException e) {
      throw new UserException("there is no file " + path, "'lanpo pool export FILE' writes one.");
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(path, reason(e)), "", e);
    }
  }

  private PoolEntry entry(LineReader.Line source) {
    String text = source.text();
    String place = "%s, line %d".formatted(path, source.number());
    JsonObject line = parsed(text, place);
    if (line == null && !source.ended()) {
      throw new UserException(
          "%s: the last line breaks off; the file is not whole".formatted(place),
          "Export again or copy again, or delete the line; nothing was taken from the file.");
    }
    if (line == null) {
      throw new UserException(
          "%s is not a JSON object: %s"
              .formatted(place, text.length() > 60 ? text.substring(0, 60) + "…" : text),
          "Correct the line; nothing was taken from the file.");
    }
    return new PoolLineParser(line, place).entry();
  }

  private static @Nullable JsonObject parsed(String text, String place) {
    try {
      return JsonLine.object(text, Strictness.STRICT).orElse(null);
    } catch (JsonLine.RepeatedKeyException e) {
      throw new UserException(
          "%s: %s".formatted(place, e.getMessage()),
          "Delete one of the two; nothing was taken from the file.",
          e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
