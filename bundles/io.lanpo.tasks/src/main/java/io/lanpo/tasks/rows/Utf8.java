package io.lanpo.tasks.rows;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.LineReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Text files in UTF-8, and nothing else: a guess at another encoding would change problems. */
final class Utf8 {
  private Utf8() {}

  /**
   * Opens a file behind its byte order mark.
   *
   * @throws UserException naming the first line that is not UTF-8
   */
  static BufferedReader open(Path file, String advice) throws IOException {
    try (LineReader lines = LineReader.open(file)) {
      while (lines.next() != null) {
        // a decoder of the whole file would not say where the fault is
      }
    } catch (LineReader.NotUtf8Exception e) {
      throw fault(Place.line(file, e.line(), advice), e);
    }
    BufferedReader reader = Files.newBufferedReader(file);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  static UserException fault(Place place, @Nullable Throwable cause) {
    return place.fault("is not UTF-8", "Save the file as UTF-8; nothing was read.", cause);
  }
}
