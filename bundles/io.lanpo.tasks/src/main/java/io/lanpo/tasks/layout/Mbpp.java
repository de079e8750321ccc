package io.lanpo.tasks.layout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.tasks.rows.Row;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MBPP: {@code text}, or {@code prompt} in the sanitized part; the tests are those of {@code
 * test_list} and {@code challenge_test_list}, with {@code test_setup_code} or {@code test_imports}.
 * The wording does not name the function: the line that defines it in {@code code} follows.
 */
final class Mbpp implements Mapping {
  private static final Pattern DEFINITION =
      Pattern.compile("(?m)^def[ \\t]+(\\w+)[ \\t]*\\(.*\\)[^\\n:]*:");

  @Override
  public List<String> needs() {
    return List.of("text|prompt", "test_list", "code");
  }

  @Override
  public String question(Row row) {
    String wording = row.required(row.has("text") ? "text" : "prompt");
    return Tests.withCode(
        wording, signature(row.required("code"), Tests.list(row, "test_list").toString()));
  }

  /** The definition of the last function that the tests call; empty when they call none. */
  private static String signature(String code, String tests) {
    String signature = "";
    Matcher definition = DEFINITION.matcher(code);
    while (definition.find()) {
      if (Pattern.compile("\\b" + definition.group(1) + "\\s*\\(").matcher(tests).find()) {
        signature = definition.group();
      }
    }
    return signature;
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
