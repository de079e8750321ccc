package io.lanpo.bench.verifier;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The cases of the benchmark: built in, or of a file. */
final class Cases {
  static final String MATHEMATICS = "mathematics";
  static final String PROGRAMS = "programs";

  private static final String PROSE = "First we look at what is given, then calculate. ".repeat(20);

  private Cases() {}

  /** The built-in cases that suit a verifier. */
  static String standard(String verifier) {
    return verifier.equals("code") ? PROGRAMS : MATHEMATICS;
  }

  /**
   * Reads cases.
   *
   * @param name one of the built-in ones, or a JSONL file with {@code gold} and {@code prediction}
   * @throws UserException naming file and line of what cannot be read
   */
  static List<Case> of(String name) {
    return switch (name) {
      case MATHEMATICS -> mathematics();
      case PROGRAMS -> List.of(program());
      default -> file(Path.of(name));
    };
  }

  /** Pairs of many kinds, right and wrong, each answer in a box behind some prose. */
  private static List<Case> mathematics() {
    try (InputStream in =
            Objects.requireNonNull(Cases.class.getResourceAsStream("mathematics.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split("\t", -1))
          .map(pair -> Case.of(pair[0], PROSE + "So it is \\boxed{" + pair[1] + "}."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program with imports and three tests. */
  private static Case program() {
    return Case.of(
        "{\"entry_point\": \"most_common\", \"tests\": ["
            + "\"assert most_common('abracadabra') == ('a', 5)\","
            + "\"assert most_common('zz') == ('z', 2)\","
            + "\"assert most_common('a b b') == ('b', 2)\"]}",
        """
        ```python
        import re
        from collections import Counter

        def most_common(text):
            return Counter(re.findall(r"\\w", text)).most_common(1)[0]
        ```
        """);
  }

  private static List<Case> file(Path file) {
    List<Case> cases = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          cases.add(read(lines.get(i), file + ", line " + (i + 1)));
        }
      }
    } catch (IOException e) {
      throw new UserException(
          "cases = %s cannot be read: %s".formatted(file, e),
          "Name a JSONL file, or %s or %s.".formatted(MATHEMATICS, PROGRAMS),
          e);
    }
    if (cases.isEmpty()) {
      throw new UserException("cases = %s has no cases".formatted(file), "Give one a line.");
    }
    return cases;
  }

  private static Case read(String line, String where) {
    try {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      return Case.of(text(object, "gold", where), text(object, "prediction", where));
    } catch (JsonParseException | IllegalStateException e) {
      throw new UserException(where + ": not a JSON object", "Give one a line.", e);
    }
  }

  private static String text(JsonObject object, String member, String where) {
    if (!object.has(member)) {
      throw new UserException(
          "%s: there is no \"%s\"".formatted(where, member),
          "A case has the texts \"gold\" and \"prediction\".");
    }
    return object.get(member).isJsonPrimitive()
        ? object.get(member).getAsString()
        : object.get(member).toString();
  }
}
