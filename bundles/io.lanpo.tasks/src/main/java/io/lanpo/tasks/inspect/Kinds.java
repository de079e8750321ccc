package io.lanpo.tasks.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.preview.DataReport.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** Tells what a value is by how it looks. */
final class Kinds {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?\\s*[$€£]?\\s*(\\d{1,3}(,\\d{3})+|\\d+)?(\\.\\d+)?(\\s*/\\s*\\d+)?\\s*%?");

  private static final Pattern FORMULA =
      Pattern.compile(
          "\\\\[a-zA-Z({\\[]|\\$[^$]+\\$|[\\w)}]\\s*\\^|[a-z]_|^[\\[({].*[,;].*[\\])}]$");

  private static final Pattern ASSERTION =
      Pattern.compile("(?m)^\\s*(assert\\b|def (check|test)\\w*\\s*\\()|\\bself\\.assert\\w+\\(");

  private static final Pattern PROGRAM =
      Pattern.compile("(?m)^\\s*(def|class|import|from|function|public|#include)\\b.*\\n");

  /** Longer than an answer that is compared as a whole. */
  private static final int SHORT = 80;

  private static final List<String> INPUTS = List.of("input", "inputs");

  private Kinds() {}

  static Kind of(JsonElement value) {
    if (value instanceof JsonNull) {
      return Kind.OTHER;
    }
    if (value instanceof JsonArray list) {
      return list.isEmpty() ? Kind.OTHER : item(list.get(0));
    }
    if (value instanceof JsonObject object) {
      return INPUTS.stream().anyMatch(object::has) ? Kind.TESTS : Kind.OTHER;
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    return primitive.isBoolean()
        ? Kind.OTHER
        : primitive.isNumber() ? Kind.NUMBER : of(primitive.getAsString());
  }

  /** A list is what its items are: tests, or answers of which each is right. */
  private static Kind item(JsonElement first) {
    Kind kind = first instanceof JsonArray ? Kind.OTHER : of(first);
    return kind == Kind.LONG_TEXT || kind == Kind.CODE ? Kind.OTHER : kind;
  }

  static Kind of(String written) {
    String text = written.strip();
    if (text.isEmpty()) {
      return Kind.OTHER;
    }
    if (ASSERTION.matcher(text).find() || text.matches("(?s)[\\[{].*\"inputs?\"\\s*:.*")) {
      return Kind.TESTS;
    }
    if (PROGRAM.matcher(text).find()) {
      return Kind.CODE;
    }
    if (text.length() > SHORT || text.contains("\n")) {
      return Kind.LONG_TEXT;
    }
    if (NUMBER.matcher(text).matches() && text.chars().anyMatch(Character::isDigit)) {
      return Kind.NUMBER;
    }
    return FORMULA.matcher(text).find() ? Kind.LATEX : Kind.SHORT_TEXT;
  }
}
