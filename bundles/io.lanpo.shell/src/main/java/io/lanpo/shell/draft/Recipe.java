package io.lanpo.shell.draft;

import io.lanpo.api.component.Setting;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.DataReport.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The configurations that a draft extends, by what answers are. */
public enum Recipe {
  MATH,
  CODE,
  QA;

  /** Of answers of so mixed kinds no verifier judges all. */
  private static final double MOSTLY = 0.9;

  /** Its configuration's name. */
  String word() {
    return Setting.word(this);
  }

  /**
   * The one for some data, asked for where its answers do not tell.
   *
   * @param given its word; empty to find out
   */
  static Recipe of(DataReport data, String given, Questions questions) {
    if (!given.isEmpty()) {
      return Recipe.valueOf(given.toUpperCase(Locale.ROOT));
    }
    Recipe usual = usual(data.answers());
    boolean clear = data.uniform() >= MOSTLY && data.answers() != Kind.LONG_TEXT;
    if (clear) {
      return usual;
    }
    List<String> words =
        Stream.concat(Stream.of(usual), Arrays.stream(values()))
            .distinct()
            .map(Recipe::word)
            .toList();
    String question =
        "%.0f %% of the answers are %s; is the task mathematics, programs with tests, or short answers?"
            .formatted(100 * data.uniform(), described(data.answers()));
    return Recipe.valueOf(questions.choose("--task", question, words).toUpperCase(Locale.ROOT));
  }

  private static Recipe usual(Kind answers) {
    return switch (answers) {
      case NUMBER, LATEX -> MATH;
      case TESTS, CODE -> CODE;
      case SHORT_TEXT, LONG_TEXT, OTHER -> QA;
    };
  }

  /** What answers of a kind are called. */
  static String described(Kind kind) {
    return switch (kind) {
      case NUMBER -> "numbers";
      case LATEX -> "formulas in LaTeX";
      case SHORT_TEXT -> "short texts";
      case LONG_TEXT -> "long texts, which no verifier compares";
      case CODE -> "programs";
      case TESTS -> "tests";
      case OTHER -> "neither texts nor numbers";
    };
  }
}
