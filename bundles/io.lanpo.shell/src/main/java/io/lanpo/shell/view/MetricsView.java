package io.lanpo.shell.view;

import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunSummary;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.terminal.Sparkline;
import io.lanpo.shell.terminal.TerminalText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The curves of a run: drawn over themselves on a terminal, otherwise a line for each new step. */
public final class MetricsView {
  private static final List<String> CURVES =
      List.of(
          "reward",
          "accuracy",
          "reward.scratch",
          "reward.reflect",
          "reward.abstract",
          "evaluation.zero-shot",
          "entropy",
          "kl",
          "clippedShare",
          "logProbGap",
          "gradientNorm",
          "tokens",
          "truncated",
          "zeroVarianceGroups",
          "lessonUse.better",
          "poolLessons",
          "timing.tokensPerSecond");

  private static final List<String> PLAIN =
      List.of("reward", "accuracy", "entropy", "gradientNorm", "timing.tokensPerSecond");
  private static final String WALL = "timing.wallSeconds";
  private static final String STEP = "step";
  private static final String TIMING = "timing.";
  private static final int LABEL = 20;
  private static final int VALUE = 10;
  private static final int RANGE = 20;
  private static final int ROOM_FOR_RANGE = 70;
  private static final int RECENT = 10;

  private final Console console;
  private final TreeMap<Double, Map<String, Double>> steps = new TreeMap<>();
  private final List<Map<String, Double>> fresh = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int drawn;

  /**
   * @param console where to
   */
  public MetricsView(Console console) {
    this.console = console;
  }

  /**
   * Adds a step. A run that was resumed from a checkpoint takes steps again, which replace those
   * that were there.
   */
  public void add(Map<String, Double> figures) {
    fresh.add(figures);
    double step = figures.getOrDefault(STEP, steps.isEmpty() ? 1 : steps.lastKey() + 1);
    steps.tailMap(step, true).clear();
    steps.put(step, figures);
  }

  /** Says what keeps the run from learning; on a terminal the curves come below it. */
  public void warn(Finding finding) {
    warnings.addAll(TerminalText.fold(ProgressLine.text(finding), console.liveWidth()));
  }

  /** Shows what has been added. */
  public void show(RunSummary run) {
    if (!warnings.isEmpty()) {
      erase();
      warnings.forEach(console.err()::println);
      warnings.clear();
    }
    if (console.live()) {
      draw(run);
    } else {
      fresh.forEach(this::line);
    }
    fresh.clear();
  }

  /** Takes away what was drawn. */
  private void erase() {
    if (drawn > 0) {
      console.err().print("\u001b[%dA\r\u001b[J".formatted(drawn));
      drawn = 0;
    }
  }

  /** Leaves what was drawn where it is. */
  public void end() {
    drawn = 0;
  }

  private void line(Map<String, Double> figures) {
    StringBuilder line =
        new StringBuilder("step " + NumberFormats.figure(figures.getOrDefault(STEP, 0.0)));
    for (String name : PLAIN) {
      Double value = figures.get(name);
      if (value != null) {
        line.append("  ").append(shown(name)).append(' ').append(NumberFormats.figure(value));
      }
    }
    console.out().println(line);
  }

  private void draw(RunSummary run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  step %s/%s%s"
            .formatted(
                run.id(),
                NumberFormats.count(run.step()),
                NumberFormats.count(run.steps()),
                remaining(run)));
    int room = console.liveWidth() - 1 - LABEL - VALUE;
    boolean ranges = console.liveWidth() >= ROOM_FOR_RANGE;
    int width = Math.max(8, ranges ? room - RANGE : room);
    for (String name : CURVES) {
      List<Double> values = values(name);
      if (!values.isEmpty()) {
        double last = values.get(values.size() - 1);
        String line =
            "%-20s%s%10s"
                .formatted(shown(name), Sparkline.of(values, width), NumberFormats.figure(last));
        lines.add(ranges ? line + "  " + range(values) : line);
      }
    }
    if (drawn > 0) {
      console.err().print("\u001b[%dA".formatted(drawn));
    }
    lines.forEach(line -> console.err().print("\r" + TerminalText.line(line) + "\u001b[K\n"));
    console.err().flush();
    drawn = lines.size();
  }

  private List<Double> values(String name) {
    return steps.values().stream()
        .flatMap(figures -> Stream.ofNullable(figures.get(name)))
        .toList();
  }

  private static String shown(String name) {
    return name.startsWith(TIMING) ? name.substring(TIMING.length()) : name;
  }

  private static String range(List<Double> values) {
    DoubleSummaryStatistics all = values.stream().mapToDouble(v -> v).summaryStatistics();
    return NumberFormats.figure(all.getMin()) + " to " + NumberFormats.figure(all.getMax());
  }

  /** From the elapsed seconds of the last steps; between two of them, everything counts. */
  private String remaining(RunSummary run) {
    List<Double> elapsed = values(WALL);
    int last = elapsed.size() - 1;
    if (last < 1 || run.step() >= run.steps()) {
      return "";
    }
    int recent = Math.min(RECENT, last);
    double mean = (elapsed.get(last) - elapsed.get(last - recent)) / recent;
    long left = Math.round(mean * (run.steps() - run.step()));
    return left <= 0
        ? ""
        : "  about %s left".formatted(NumberFormats.span(Duration.ofSeconds(left)));
  }
}
