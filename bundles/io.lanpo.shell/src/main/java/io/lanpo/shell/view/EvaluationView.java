package io.lanpo.shell.view;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.Estimate;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationReport.Section;
import io.lanpo.api.train.Score;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as a table and as a document.
 *
 * @param report what was found
 */
public record EvaluationView(EvaluationReport report) {
  /** A label with more values than this is broken down only when that is asked for. */
  private static final int FEW = 12;

  private static final String NONE = "-";

  /**
   * Prints a table: a line for each mode, then one for each value of some labels.
   *
   * @param by the labels; empty: those with few values
   */
  public void print(Console console, List<String> by) {
    HealthView.findings(report.findings(), console);
    Map<String, Long> values = new TreeMap<>();
    Section first = report.sections().get(0);
    report.sections().stream()
        .filter(s -> s.mode() == first.mode() && !s.label().isEmpty())
        .forEach(s -> values.merge(s.label(), 1L, Long::sum));
    List<String> labels =
        by.isEmpty()
            ? values.entrySet().stream()
                .filter(label -> label.getValue() > 1 && label.getValue() <= FEW)
                .map(Map.Entry::getKey)
                .toList()
            : by;
    int n = report.samples();
    List<String> figures = new ArrayList<>(List.of("mean@" + n));
    if (n > 1) {
      figures.add("pass@" + n);
      figures.add("maj@" + n);
    }
    Table table = new Table().column("mode").column("problems with").folds().ifAny();
    table.number("problems").optional(1);
    figures.forEach(name -> table.number(name).folds());
    table.number("without feedback").optional(2).number("finished").optional(3);
    table.number("tokens").optional(4);
    for (Section section : report.sections()) {
      if (section.label().isEmpty() || labels.contains(section.label())) {
        table.row(row(section, figures));
      }
    }
    table.print(console);
    console.out().println();
    Table.facts()
        .row("policy", report.policy())
        .row(
            "brackets",
            String.format(
                Locale.ROOT,
                "%.0f %% confidence intervals, bootstrap over problems",
                report.confidence() * 100))
        .row("unjudged", NumberFormats.count(unjudged()) + " completions, left out")
        .row("answers, figures", report.folder())
        .print(console);
    by.stream()
        .filter(label -> !values.containsKey(label))
        .forEach(
            label ->
                console
                    .err()
                    .println(
                        TerminalText.line(
                            "no problem has a %s; the labels are %s"
                                .formatted(label, String.join(", ", values.keySet())))));
  }

  /** The report as a document. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("policy", report.policy());
    document.put("samples", report.samples());
    document.put("seed", report.seed());
    document.put("confidence", report.confidence());
    document.put("folder", report.folder().toString());
    document.put("scores", RunView.scores(report.scores()));
    document.put("sections", report.sections().stream().map(EvaluationView::document).toList());
    document.put("findings", report.findings());
    return document;
  }

  private static Map<String, Object> document(Section section) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("mode", section.mode());
    document.put("label", section.label());
    document.put("value", section.value());
    document.put("problems", section.problems());
    document.put("figures", section.figures());
    document.put("fellBack", section.score().fellBack());
    document.put("uncondensed", section.score().uncondensed());
    document.put("finished", section.score().finished());
    document.put("unjudged", section.unjudged());
    document.put("tokens", section.tokens());
    return document;
  }

  private static Object[] row(Section section, List<String> figures) {
    Score score = section.score();
    List<Object> cells = new ArrayList<>();
    cells.add(Setting.word(section.mode()));
    cells.add(section.label().isEmpty() ? "" : section.label() + " " + section.value());
    cells.add(NumberFormats.count(section.problems()));
    figures.forEach(name -> cells.add(estimate(section.figures().get(name))));
    cells.add(NumberFormats.share(score.fellBack()));
    cells.add(NumberFormats.share(score.finished()));
    cells.add(NumberFormats.count(Math.round(section.tokens())));
    return cells.toArray();
  }

  private static String estimate(@Nullable Estimate figure) {
    if (figure == null || !Double.isFinite(figure.value())) {
      return NONE;
    }
    String value = String.format(Locale.ROOT, "%.3f", figure.value());
    return Double.isFinite(figure.low())
        ? value + String.format(Locale.ROOT, " [%.3f,\u00a0%.3f]", figure.low(), figure.high())
        : value;
  }

  private long unjudged() {
    return report.sections().stream()
        .filter(section -> section.label().isEmpty())
        .mapToLong(Section::unjudged)
        .sum();
  }
}
