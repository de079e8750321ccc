package io.lanpo.shell.view;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.shell.terminal.AnsiStyle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs and their results as documents and as tables. */
public final class RunView {
  private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private RunView() {}

  /**
   * A finished run as one document; its first keys are relied upon by scripts and keep their order.
   */
  public static Map<String, Object> result(RunResult result, RunSummary summary) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", result.run());
    document.put("steps", result.steps());
    document.put("generatedTokens", result.generatedTokens());
    document.put("cpuSeconds", result.cpuSeconds());
    document.put("wallSeconds", result.wallSeconds());
    document.put("before", byMode(result.before(), RunView::mean));
    document.put("after", byMode(result.after(), RunView::mean));
    document.put("promptTokens", result.promptTokens());
    document.put("coldStartCpuSeconds", result.coldStartCpuSeconds());
    document.put("coldStartGeneratedTokens", result.coldStartGeneratedTokens());
    document.put("peakMemoryBytes", result.peakMemoryBytes());
    document.put("estimatedMemoryBytes", result.estimatedMemoryBytes());
    document.put("folder", summary.folder().toString());
    return document;
  }

  /** A run as one document. */
  public static Map<String, Object> document(RunSummary run) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", run.id());
    document.put("configuration", run.configuration());
    document.put("state", Setting.word(run.state()));
    document.put("step", run.step());
    document.put("steps", run.steps());
    document.put("started", run.started().toString());
    document.put("folder", run.folder().toString());
    document.put("message", run.message());
    document.put("group", run.notes().group());
    document.put("tags", run.notes().tags());
    document.put("note", run.notes().note());
    RunResult result = run.result();
    document.put("result", result == null ? null : result(result, run));
    document.putAll(HealthView.of(run).document());
    return document;
  }

  /** Scores in full, by mode, as a document. */
  public static Map<String, Object> scores(Map<EvaluationMode, Score> scores) {
    return byMode(scores, score -> score);
  }

  /** Held-out accuracy before and after. */
  public static Table accuracy(RunResult result) {
    Table table = new Table().column("held-out accuracy").number("before").number("after");
    for (EvaluationMode mode : EvaluationMode.values()) {
      Score before = result.before().get(mode);
      Score after = result.after().get(mode);
      if (before != null || after != null) {
        table.row(Setting.word(mode), score(before), score(after));
      }
    }
    return table;
  }

  /** What a run took. */
  public static Table costs(RunResult result) {
    boolean cached = result.coldStartCpuSeconds() == 0;
    long memory = result.peakMemoryBytes();
    long estimate = result.estimatedMemoryBytes();
    return Table.facts()
        .row("training steps", NumberFormats.count(result.steps()))
        .row("generated tokens", NumberFormats.count(result.generatedTokens()))
        .row("prompt tokens", NumberFormats.count(result.promptTokens()))
        .row("CPU seconds, training", NumberFormats.seconds(result.cpuSeconds()))
        .row(
            "CPU seconds, cold start",
            cached
                ? "0 (cached or not needed)"
                : NumberFormats.seconds(result.coldStartCpuSeconds()))
        .row(
            "wall-clock, everything",
            NumberFormats.span(Duration.ofSeconds((long) result.wallSeconds())))
        .row(
            "peak memory",
            (memory == 0 ? "unknown" : NumberFormats.bytes(memory))
                + (estimate == 0 ? "" : " (estimated " + NumberFormats.bytes(estimate) + ")"));
  }

  /** What people say about a run. */
  public static Table notes(RunSummary run) {
    return Table.facts()
        .row("run", run.id())
        .row("group", run.notes().group())
        .row("tags", String.join(", ", run.notes().tags()))
        .row("note", run.notes().note());
  }

  /** A table of runs. */
  public static Table table(List<RunSummary> runs, AnsiStyle paint) {
    Table table =
        new Table()
            .column("state")
            .column("run")
            // an id begins with the one and ends with the other
            .column("configuration")
            .optional(3)
            .number("step")
            .column("started")
            .optional(2)
            .number("zero-shot before")
            .column("±")
            .optional(1)
            .number("after")
            .column("±")
            .optional(1)
            .column("note")
            .folds()
            .ifAny();
    for (RunSummary run : runs) {
      RunResult result = run.result();
      Score before = result == null ? null : result.before().get(EvaluationMode.ZERO_SHOT);
      Score after = result == null ? null : result.after().get(EvaluationMode.ZERO_SHOT);
      table.row(
          text -> paint.state(run.state(), text),
          Setting.word(run.state()),
          run.id(),
          run.configuration(),
          NumberFormats.count(run.step()) + "/" + NumberFormats.count(run.steps()),
          started(run),
          before == null ? "" : NumberFormats.score(before.mean(), Double.NaN),
          before == null ? "" : NumberFormats.score(before.se(), Double.NaN),
          after == null ? "" : NumberFormats.score(after.mean(), Double.NaN),
          after == null ? "" : NumberFormats.score(after.se(), Double.NaN),
          HealthView.of(run).idle() ? "nothing learned" : "");
    }
    return table;
  }

  /** What is wrong with the runs that cannot be read. */
  public static void printDamage(List<RunSummary> runs, Console console) {
    for (RunSummary run : runs) {
      if (run.state() == RunState.DAMAGED) {
        console.out().println();
        console.out().println(run.id() + " is damaged: " + TerminalText.block(run.message()));
      }
    }
  }

  /** When a run began, in local time. */
  public static String started(RunSummary run) {
    return STARTED.format(run.started().atZone(ZoneId.systemDefault()));
  }

  private static Map<String, Object> mean(Score score) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("mean", score.mean());
    entry.put("se", score.se());
    return entry;
  }

  private static Map<String, Object> byMode(
      Map<EvaluationMode, Score> scores, Function<Score, Object> entry) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (EvaluationMode mode : EvaluationMode.values()) {
      Score score = scores.get(mode);
      if (score != null) {
        document.put(Setting.word(mode), entry.apply(score));
      }
    }
    return document;
  }

  private static String score(@Nullable Score score) {
    return score == null ? "-" : NumberFormats.score(score.mean(), score.se());
  }
}
