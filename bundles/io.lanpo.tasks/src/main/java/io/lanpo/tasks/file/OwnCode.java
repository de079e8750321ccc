package io.lanpo.tasks.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.layout.Tests;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programming problems with the fields that a configuration names. Tests call a function by its
 * name, which the question therefore has; the tests themselves are shown where {@code shown-fields}
 * names them.
 *
 * @param fields the fields
 */
record OwnCode(OwnFields fields) implements Mapping {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]*");

  @Override
  public List<String> needs() {
    return fields.needs();
  }

  @Override
  public List<String> shows() {
    return Stream.concat(fields.shows().stream(), fields.members("entry_point").stream()).toList();
  }

  @Override
  public List<String> hides() {
    return fields.hides();
  }

  /** Whether a field is shown below the wording without a template. */
  boolean tests(String field) {
    return fields.members("tests").stream()
        .anyMatch(tests -> field.equals(tests) || field.startsWith(tests + "."));
  }

  @Override
  public String question(Shown shown) {
    Row row = shown.row();
    String wording = fields.question(shown);
    JsonArray tests = new JsonArray();
    for (String field : row.fields().keySet()) {
      if (tests(field)) {
        row.value(field).ifPresent(value -> add(value, tests));
      }
    }
    Optional<String> name =
        fields.members("entry_point").stream()
            .flatMap(field -> row.value(field).stream())
            .filter(JsonPrimitive.class::isInstance)
            .map(JsonElement::getAsString)
            .filter(text -> NAME.matcher(text).matches())
            .findFirst();
    String called =
        name.filter(text -> !says(wording, text) && !says(tests.toString(), text))
            .map("\n\nThe function is called %s."::formatted)
            .orElse("");
    return Tests.withTests(wording.stripTrailing() + called, tests);
  }

  private static void add(JsonElement value, JsonArray tests) {
    if (value instanceof JsonArray several) {
      tests.addAll(several);
    } else {
      tests.add(value);
    }
  }

  private static boolean says(String text, String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(text).find();
  }

  @Override
  public String key(Row row) {
    return fields.key(row);
  }
}
