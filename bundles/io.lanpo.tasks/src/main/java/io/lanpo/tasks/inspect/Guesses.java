package io.lanpo.tasks.inspect;

import io.lanpo.api.preview.DataReport.Candidates;
import io.lanpo.api.preview.DataReport.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Guesses which columns hold what, by names that data sets use for it and by what their values are.
 *
 * @param columns in their order
 * @param rows of the file
 */
record Guesses(List<Column> columns, long rows) {
  private static final List<String> QUESTIONS =
      List.of(
          "problem",
          "question",
          "prompt",
          "query",
          "instruction",
          "task",
          "text",
          "input",
          "title");

  private static final List<String> ANSWERS =
      List.of(
          "answer",
          "final_answer",
          "expected_answer",
          "gold",
          "ground_truth",
          "target",
          "expected",
          "label",
          "answers",
          "output",
          "response",
          "result",
          "solution");

  private static final List<String> TESTS = List.of("tests", "test_list", "test", "test_cases");

  private static final List<String> SOLUTIONS =
      List.of(
          "solution",
          "canonical_solution",
          "code",
          "rationale",
          "reasoning",
          "explanation",
          "cot",
          "reference",
          "solutions");

  private static final List<String> ENTRIES = List.of("entry_point", "function", "fn_name");
  private static final List<String> SETUPS =
      List.of("setup", "test_setup_code", "test_setup", "imports");

  private static final Set<Kind> WORDING =
      EnumSet.of(Kind.LONG_TEXT, Kind.SHORT_TEXT, Kind.LATEX, Kind.CODE);

  private static final Set<Kind> ANSWER =
      EnumSet.of(Kind.NUMBER, Kind.LATEX, Kind.SHORT_TEXT, Kind.LONG_TEXT);

  /**
   * The wording: a field that is called so; of none, the longest text. Two that are called so leave
   * it open.
   */
  Candidates question() {
    List<Column> texts =
        columns.stream().filter(c -> full(c) && WORDING.contains(c.kind())).toList();
    List<String> named = named(texts, QUESTIONS);
    if (!named.isEmpty()) {
      return new Candidates(named, named.size() == 1 || named.get(0).equalsIgnoreCase("problem"));
    }
    List<String> longest =
        texts.stream()
            .sorted(Comparator.comparingInt(Column::characters).reversed())
            .map(Column::name)
            .toList();
    return new Candidates(longest, longest.size() == 1);
  }

  /** The answer: tests before all; else a field that is called so; of none, the shortest. */
  Candidates answer(String question) {
    Optional<String> tests = tests();
    if (tests.isPresent()) {
      return new Candidates(List.of(tests.get()), true);
    }
    List<Column> texts =
        columns.stream().filter(c -> full(c) && ANSWER.contains(c.kind())).toList();
    List<Column> others = texts.stream().filter(c -> !c.name().equals(question)).toList();
    List<String> named = named(others, ANSWERS);
    if (!named.isEmpty()) {
      boolean first = named.get(0).toLowerCase(Locale.ROOT).endsWith("answer");
      return new Candidates(named, named.size() == 1 || first);
    }
    // the wording, too, which may be another one than was guessed; as the longest it comes last
    List<String> shortest =
        texts.stream()
            .filter(c -> !List.of("id", "source", "index").contains(c.name()))
            .sorted(Comparator.comparingInt(Column::characters))
            .map(Column::name)
            .toList();
    return new Candidates(shortest, false);
  }

  /** The field with tests; empty when there is none. */
  Optional<String> tests() {
    List<Column> tests = columns.stream().filter(c -> c.kind() == Kind.TESTS).toList();
    List<String> named = named(tests, TESTS);
    return named.isEmpty()
        ? tests.stream().map(Column::name).findFirst()
        : Optional.of(named.get(0));
  }

  /** The field with worked solutions or programs; empty when there is none. */
  Optional<String> solution(String question, String answer) {
    List<Column> written =
        columns.stream()
            .filter(c -> c.kind() == Kind.LONG_TEXT || c.kind() == Kind.CODE)
            .filter(c -> !c.name().equals(question) && !c.name().equals(answer))
            .toList();
    return named(written, SOLUTIONS).stream().findFirst();
  }

  /** The parts of an answer key with tests, as {@code task.key-fields} is written. */
  String keyFields(String question) {
    Optional<String> tests = tests();
    if (tests.isEmpty()) {
      return "";
    }
    StringJoiner parts = new StringJoiner(" | ");
    parts.add(part("tests", tests.get()));
    named(columns, ENTRIES).stream().findFirst().ifPresent(f -> parts.add(part("entry_point", f)));
    named(columns, SETUPS).stream().findFirst().ifPresent(f -> parts.add(part("setup", f)));
    solution(question, tests.get()).ifPresent(f -> parts.add(part("solution", f)));
    return parts.add(part("prompt", question)).toString();
  }

  private static String part(String name, String field) {
    return name.equals(field) ? name : name + "=" + field;
  }

  private boolean full(Column column) {
    return column.rows() == rows;
  }

  /** Of these columns, those with one of the names, in the order of the names. */
  private static List<String> named(List<Column> columns, List<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      columns.stream()
          .map(Column::name)
          .filter(field -> field.equalsIgnoreCase(name))
          .forEach(found::add);
    }
    return found;
  }
}
