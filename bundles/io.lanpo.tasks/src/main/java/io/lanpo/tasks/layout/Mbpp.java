package io.lanpo.tasks.layout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;
import java.util.StringJoiner;

/**
 * MBPP: {@code text}, or {@code prompt} in the sanitized part; the tests are those of {@code
 * test_list} and {@code challenge_test_list}, with {@code test_setup_code} or {@code test_imports}.
 * The wording does not name the function: the tests of {@code test_list} stand below it, as in the
 * data set's own prompt (arXiv 2108.07732); the others are not shown.
 */
final class Mbpp implements Mapping {
  @Override
  public List<String> needs() {
    return List.of("text|prompt", "test_list", "code");
  }

  @Override
  public List<String> shows() {
    return List.of("text", "prompt", "test_list");
  }

  @Override
  public List<String> hides() {
    return List.of("code");
  }

  @Override
  public String question(Shown shown) {
    Row row = shown.row();
    return Tests.withTests(
        shown.required(row.has("text") ? "text" : "prompt"), Tests.list(row, "test_list"));
  }

  @Override
  public String key(Row row) {
    JsonArray tests = Tests.list(row, "test_list").deepCopy();
    tests.addAll(Tests.list(row, "challenge_test_list"));
    JsonObject key = Tests.key(row, tests, "setup", "test_setup_code", "solution", "code");
    if (row.has("test_imports")) {
      StringJoiner imports = new StringJoiner("\n");
      for (JsonElement line : Tests.list(row, "test_imports")) {
        if (!line.isJsonPrimitive()) {
          throw row.place()
              .fault("has a \"test_imports\" with %s, which is no text".formatted(line));
        }
        imports.add(line.getAsString());
      }
      key.addProperty("setup", imports.toString());
    }
    return key.toString();
  }
}
