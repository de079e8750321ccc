package io.lanpo.shell.draft;

import io.lanpo.api.component.UserException;
import io.lanpo.api.preview.DataInspector;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.DataReport.Candidates;
import io.lanpo.api.preview.DataReport.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the rows of a file are read as problems.
 *
 * @param request what was said about the data
 * @param data what was found
 */
record DataLines(Request request, DataReport data) {
  private static final String PROBLEM = "problem";
  private static final String ANSWER = "answer";
  private static final String KEY_FIELDS = "task.key-fields";

  /** More held-out problems tell more; fewer leave more to learn from. */
  private static final double WANTED_HELD_OUT = 100;

  private static final double LEAST_SHARE = 0.1;
  private static final double MOST_SHARE = 0.3;

  /** The lines, in the order of the file. */
  List<Line> of(Recipe recipe, Questions questions) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line("task.data", path(), "%,d rows of %s".formatted(data.rows(), data.format())));
    if (data.layout().equals(DataInspector.NO_LAYOUT)) {
      ownFields(recipe, questions, lines);
    } else {
      lines.add(
          new Line(
              "task.layout",
              data.layout(),
              request.layout().isEmpty()
                  ? "the fields are those of this published data set"
                  : "as you said"));
    }
    lines.add(heldOut());
    return lines;
  }

  private void ownFields(Recipe recipe, Questions questions, List<Line> lines) {
    String problem =
        field(
            "--problem-field",
            "Which field holds the problem?",
            request.problemField(),
            data.question(),
            questions);
    if (!problem.equals(PROBLEM)) {
      lines.add(new Line("task.problem-field", problem, "the field with the wording"));
    }
    if (recipe == Recipe.CODE) {
      if (data.keyFields().isEmpty()) {
        throw unusable("no field has tests, which the task code needs");
      }
      lines.add(
          new Line(
              KEY_FIELDS,
              data.keyFields(),
              "the parts of the answer key: tests, and what they go with"));
      if (data.unnamed() > 0) {
        lines.add(shown());
      }
      return;
    }
    String answer =
        field(
            "--answer-field",
            "Which field holds the answer?",
            request.answerField(),
            without(data.answer(), problem),
            questions);
    if (!answer.equals(ANSWER)) {
      lines.add(new Line("task.answer-field", answer, "the field with the answer"));
    }
  }

  /** A program cannot pass tests of a function whose name it is not told. */
  private Line shown() {
    return new Line(
        "task.shown-fields",
        data.answer().names().get(0) + ".0",
        ("tests of %,d of %,d rows call a function that the wording does not name, so the first test"
                + " is shown")
            .formatted(data.unnamed(), data.looked()));
  }

  private String field(
      String option, String question, String given, Candidates found, Questions questions) {
    if (!given.isEmpty()) {
      if (data.fields().stream().noneMatch(f -> f.name().equals(given))) {
        throw unusable("there is no field " + given);
      }
      return given;
    }
    if (found.names().isEmpty()) {
      throw unusable(
          option.startsWith("--answer")
              ? "no field that every row has looks like an answer"
              : "no field that every row has looks like a problem");
    }
    return found.clear() ? found.names().get(0) : questions.choose(option, question, found.names());
  }

  /** A field holds the problem or the answer; what is left may leave nothing to choose. */
  private static Candidates without(Candidates found, String problem) {
    List<String> others = found.names().stream().filter(n -> !n.equals(problem)).toList();
    return new Candidates(others, found.clear() || others.size() == 1);
  }

  private UserException unusable(String why) {
    return new UserException(
        "%s: %s; its fields are %s".formatted(request.data(), why, described()),
        "Name a layout (--layout), or the fields: --problem-field, --answer-field.");
  }

  private String described() {
    return data.fields().stream().map(this::described).collect(Collectors.joining(", "));
  }

  private String described(Field field) {
    return "%s (%s%s)"
        .formatted(
            field.name(),
            Recipe.described(field.kind()).replaceAll(",.*", ""),
            field.rows() == data.rows()
                ? ""
                : ", in %,d of %,d rows".formatted(field.rows(), data.rows()));
  }

  private Line heldOut() {
    double share = Math.min(MOST_SHARE, Math.max(LEAST_SHARE, WANTED_HELD_OUT / data.rows()));
    double rounded = Math.round(20 * share) / 20.0;
    return new Line(
        "task.held-out-share",
        Double.toString(rounded),
        "for evaluation, chosen by a hash of their wording: the same in every run, whatever is added");
  }

  private String path() {
    String path = request.data().toAbsolutePath().normalize().toString();
    if (path.contains("|")) {
      throw new UserException(
          "%s has a | in its name, which divides files in task.data".formatted(path),
          "Rename the file.");
    }
    return path;
  }
}
