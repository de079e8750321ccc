package io.lanpo.tasks.rows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lanpo.libs.files.LineReader;
import io.lanpo.libs.files.LineReader.Line;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file with one JSON object a line; blank lines do not count. */
final class JsonLinesReader implements RowReader {
  private static final int LONGEST_SHOWN = 60;

  @Override
  public void read(Path file, String advice, Consumer<Row> rows) throws IOException {
    try (LineReader lines = LineReader.open(file)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.text().isBlank()) {
          rows.accept(row(Place.line(file, line.number(), advice), line.text()));
        }
      }
    } catch (LineReader.NotUtf8Exception e) {
      throw Utf8.fault(Place.line(file, e.line(), advice), e);
    }
  }

  private static Row row(Place place, String text) {
    JsonElement element;
    try (JsonReader reader = StrictJson.reader(new StringReader(text))) {
      element = StrictJson.element(reader, place);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw place.fault("is not JSON: " + shown(text));
      }
    } catch (JsonParseException | IOException e) {
      throw place.fault("is not JSON: " + shown(text), place.advice(), e);
    }
    if (element instanceof JsonObject object) {
      return new Row(place, object);
    }
    throw place.fault("is not a JSON object: " + shown(text));
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
