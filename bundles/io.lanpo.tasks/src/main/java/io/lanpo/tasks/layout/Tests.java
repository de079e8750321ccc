package io.lanpo.tasks.layout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.StringJoiner;

/** Questions and answer keys of programming problems. */
public final class Tests {
  private Tests() {}

  /** A key: an object with {@code tests} and with a row's fields, where it has them. */
  static JsonObject key(Row row, JsonElement tests, String... partsAndFields) {
    JsonObject key = new JsonObject();
    key.add("tests", tests);
    for (int i = 0; i < partsAndFields.length; i += 2) {
      String part = partsAndFields[i];
      row.value(partsAndFields[i + 1]).ifPresent(value -> key.add(part, value));
    }
    return key;
  }

  /**
   * The items of a field, which may be a list, or a list as text; none when it is absent or blank.
   *
   * @throws io.lanpo.api.component.UserException when it is neither
   */
  static JsonArray list(Row row, String field) {
    JsonElement value = row.value(field).orElseGet(JsonArray::new);
    if (value.isJsonPrimitive()) {
      String text = value.getAsString();
      try {
        value = text.isBlank() ? new JsonArray() : JsonParser.parseString(text);
      } catch (JsonParseException e) {
        throw row.place()
            .fault("has a \"%s\" that is no list".formatted(field), row.place().advice(), e);
      }
    }
    if (value instanceof JsonArray list) {
      return list;
    }
    throw row.place().fault("has a \"%s\" that is no list".formatted(field));
  }

  /** A wording with the code that a solution begins with; without that it is a whole program. */
  static String withStarter(Shown shown, String field) {
    String wording = shown.required(field).stripTrailing();
    String code = shown.row().text("starter_code").orElse("");
    return wording
        + "\n\n"
        + (code.isBlank()
            ? "Read from standard input and write to standard output."
            : "Begin with:\n\n" + code.strip());
  }

  /** A wording with tests below it, as they are written; without any as it is. */
  public static String withTests(String wording, Iterable<JsonElement> tests) {
    StringJoiner all = new StringJoiner("\n", "\n\nYour code should pass these tests:\n\n", "");
    all.setEmptyValue("");
    for (JsonElement test : tests) {
      all.add((test.isJsonPrimitive() ? test.getAsString() : test.toString()).strip());
    }
    return wording.stripTrailing() + all;
  }
}
