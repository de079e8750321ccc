package io.lanpo.tasks.rows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a file with one JSON document: a list of objects, or an object of which exactly one member
 * is such a list.
 */
final class JsonArrayReader implements RowReader {
  @Override
  public void read(Path file, String advice, Consumer<Row> rows) throws IOException {
    try (JsonReader reader = StrictJson.reader(Utf8.open(file, advice))) {
      read(reader, file, advice, rows);
    } catch (JsonParseException | IOException e) {
      throw new UserException("%s is not JSON: %s".formatted(file, why(e)), advice, e);
    }
  }

  private static void read(JsonReader reader, Path file, String advice, Consumer<Row> rows)
      throws IOException {
    JsonToken first = reader.peek();
    if (first == JsonToken.BEGIN_ARRAY) {
      list(reader, file, advice, rows);
    } else if (first == JsonToken.BEGIN_OBJECT) {
      String list = "";
      List<String> others = new ArrayList<>();
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
          others.add(name);
          reader.skipValue();
        } else if (list.isEmpty()) {
          list = name;
          list(reader, file, advice, rows);
        } else {
          throw new UserException(
              "%s has the lists \"%s\" and \"%s\": it is not clear which holds the problems"
                  .formatted(file, list, name),
              "Keep one of them; nothing was read.");
        }
      }
      reader.endObject();
      if (list.isEmpty()) {
        throw new UserException(
            "%s is an object without a list of problems; it has %s".formatted(file, others),
            advice);
      }
    } else {
      throw new UserException(file + " is neither a list nor an object", advice);
    }
    if (!ended(reader)) {
      throw new UserException(
          file + " has more than one document",
          "If it has an object a line, it is in the format jsonl: task.file-format = jsonl.");
    }
  }

  private static void list(JsonReader reader, Path file, String advice, Consumer<Row> rows)
      throws IOException {
    reader.beginArray();
    for (long number = 1; reader.hasNext(); number++) {
      Place place = Place.row(file, number, advice);
      JsonElement element = StrictJson.element(reader, place);
      if (!(element instanceof JsonObject object)) {
        throw place.fault("is not a JSON object");
      }
      rows.accept(new Row(place, object));
    }
    reader.endArray();
  }

  private static boolean ended(JsonReader reader) throws IOException {
    try {
      return reader.peek() == JsonToken.END_DOCUMENT;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** Without Gson's advice to programmers. */
  private static String why(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("^Use JsonReader\\.\\S+ to accept m", "m");
  }
}
