package io.lanpo.tasks.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import io.lanpo.api.preview.DataReport.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "42; NUMBER",
        "\"-1,234.5\"; NUMBER",
        "\"$18\"; NUMBER",
        "\"3/4\"; NUMBER",
        "\"50%\"; NUMBER",
        "\"\\\\frac{3}{4}\"; LATEX",
        "\"x^2 + 1\"; LATEX",
        "\"(1, 2)\"; LATEX",
        "\"Paris\"; SHORT_TEXT",
        "[\"Paris\", \"the city of Paris\"]; SHORT_TEXT",
        "\"Because of this and for that reason it is so, which was to be shown here and there, in full.\"; LONG_TEXT",
        "\"def f(x):\\n  return x\"; CODE",
        "[\"assert f(1) == 2\"]; TESTS",
        "\"def check(candidate):\\n  assert candidate(1)\"; TESTS",
        "{\"inputs\": [\"1\"], \"outputs\": [\"2\"]}; TESTS",
        "true; OTHER",
        "\"\"; OTHER",
        "[]; OTHER"
      })
  void aValueIsWhatItLooksLike(String json, Kind kind) {
    assertEquals(kind, Kinds.of(JsonParser.parseString(json)));
  }
}
