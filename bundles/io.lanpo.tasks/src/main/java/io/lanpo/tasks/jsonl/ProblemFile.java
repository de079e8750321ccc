package io.lanpo.tasks.jsonl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.KeyFields;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.libs.files.LineReader;
import io.lanpo.libs.files.LineReader.Line;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file with one JSON object a line. A file with a fault anywhere is refused as a whole.
 *
 * @param path the file
 * @param problemField the member that holds the problem's wording
 * @param answerField the member that holds the answer key
 * @param keyFields the members that make up an answer key with parts, instead of {@code
 *     answerField}
 * @param labelFields the members that become labels of a problem, where a row has them
 */
record ProblemFile(
    Path path,
    String problemField,
    String answerField,
    Optional<KeyFields> keyFields,
    KeyFields labelFields) {
  private static final int LONGEST_SHOWN = 60;

  /**
   * All problems, in the order of the file; blank lines do not count.
   *
   * @throws UserException when the file is missing, empty or faulty, naming file and line
   */
  List<Entry> read() {
    if (!Files.isRegularFile(path)) {
      throw new UserException(
          "%s is not a file (looked for %s)".formatted(path, path.toAbsolutePath().normalize()),
          "Name a file with one JSON object a line; a path may be relative to the directory you"
              + " started from.");
    }
    List<Entry> entries = new ArrayList<>();
    try (LineReader lines = LineReader.open(path)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.text().isBlank()) {
          entries.add(entry(line.number(), line.text()));
        }
      }
    } catch (LineReader.NotUtf8Exception e) {
      throw fault(e.line(), "is not UTF-8", e);
    } catch (IOException e) {
      throw new UserException(path + " cannot be read: " + e.getMessage(), "Check the file.", e);
    }
    if (entries.isEmpty()) {
      throw new UserException(path + " holds no problems: it is empty", expected());
    }
    return entries;
  }

  private Entry entry(long line, String text) {
    JsonObject object = parse(line, text);
    String id = member(object, "id", line).orElse(path.getFileName() + ":" + line);
    String wording = required(object, problemField, line);
    String answer =
        keyFields.isPresent()
            ? key(object, keyFields.get(), line)
            : required(object, answerField, line);
    Map<String, String> labels = new TreeMap<>();
    for (KeyFields.Part label : labelFields.parts()) {
      member(object, label.member(), line)
          .filter(value -> !value.isBlank())
          .ifPresent(value -> labels.putIfAbsent(label.name(), value));
    }
    return new Entry(
        path, line, new Problem(new Question(id, wording), new AnswerKey(answer), labels));
  }

  private String key(JsonObject object, KeyFields fields, long line) {
    return fields
        .key(
            member ->
                Optional.ofNullable(object.get(member))
                    .filter(value -> !value.isJsonNull())
                    .map(JsonElement::toString))
        .orElseThrow(() -> lacks(object, fields.parts().get(0).member(), line));
  }

  private UserException lacks(JsonObject object, String member, long line) {
    return fault(line, "lacks \"%s\"; it has %s".formatted(member, object.keySet()), null);
  }

  private JsonObject parse(long line, String text) {
    JsonElement element;
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      element = element(reader, line);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw fault(line, "is not JSON: " + shown(text), null);
      }
    } catch (JsonParseException | IOException e) {
      throw fault(line, "is not JSON: " + shown(text), e);
    }
    if (!(element instanceof JsonObject object)) {
      throw fault(line, "is not a JSON object: " + shown(text), null);
    }
    return object;
  }

  /** An element, objects key by key: Gson itself takes the last of two equal keys. */
  private JsonElement element(JsonReader reader, long line) throws IOException {
    JsonToken next = reader.peek();
    if (next == JsonToken.BEGIN_OBJECT) {
      JsonObject object = new JsonObject();
      reader.beginObject();
      while (reader.hasNext()) {
        String key = reader.nextName();
        if (object.has(key)) {
          throw fault(line, "has the key \"%s\" twice".formatted(key), null);
        }
        object.add(key, element(reader, line));
      }
      reader.endObject();
      return object;
    }
    if (next == JsonToken.BEGIN_ARRAY) {
      JsonArray array = new JsonArray();
      reader.beginArray();
      while (reader.hasNext()) {
        array.add(element(reader, line));
      }
      reader.endArray();
      return array;
    }
    return JsonParser.parseReader(reader);
  }

  private String required(JsonObject object, String member, long line) {
    Optional<String> value = member(object, member, line);
    if (value.isEmpty()) {
      throw lacks(object, member, line);
    }
    if (value.get().isBlank()) {
      throw fault(line, "has an empty \"%s\"".formatted(member), null);
    }
    return value.get();
  }

  /** A member's text; numbers and truth values as they are written. */
  private Optional<String> member(JsonObject object, String member, long line) {
    JsonElement value = object.get(member);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (value instanceof JsonPrimitive primitive) {
      return Optional.of(primitive.getAsString());
    }
    throw fault(line, "has a \"%s\" that is neither text nor a number".formatted(member), null);
  }

  private UserException fault(long line, String what, @Nullable Throwable cause) {
    return new UserException("%s:%d %s".formatted(path, line, what), expected(), cause);
  }

  private String expected() {
    String answer =
        keyFields
            .map(fields -> "\"%s\": …".formatted(fields.parts().get(0).member()))
            .orElse("\"%s\": \"5\"".formatted(answerField));
    return "Each line must be an object such as {\"%s\": \"2 + 3 = ?\", %s}; nothing was read."
        .formatted(problemField, answer);
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
