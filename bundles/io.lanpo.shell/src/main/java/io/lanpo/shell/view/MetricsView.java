package io.lanpo.shell.view;

import io.lanpo.api.train.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The curves of a run: drawn over themselves on a terminal, otherwise a line for each new step. */
public final class MetricsView {
  private static final List<String> CURVES =
      List.of(
          "reward",
          "reward.scratch",
          "reward.reflect",
          "reward.abstract",
          "entropy",
          "kl",
          "clippedShare",
          "gradientNorm",
          "truncated",
          "poolLessons");

  private static final List<String> PLAIN = List.of("reward", "entropy", "gradientNorm");
  private static final String WALL = "timing.wallSeconds";
  private static final int LABEL = 16;
  private static final int VALUE = 10;

  private final Console console;
  private final Map<String, List<Double>> series = new LinkedHashMap<>();
  private final List<Map<String, Double>> fresh = new ArrayList<>();
  private int drawn;

  /**
   * @param console where to
   */
  public MetricsView(Console console) {
    this.console = console;
  }

  /** Adds a step. */
  public void add(Map<String, Double> figures) {
    fresh.add(figures);
    figures.forEach(
        (name, value) -> series.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }

  /** Shows what has been added. */
  public void show(RunSummary run) {
    if (console.live()) {
      draw(run);
    } else {
      fresh.forEach(this::line);
    }
    fresh.clear();
  }

  /** Leaves what was drawn where it is. */
  public void end() {
    drawn = 0;
  }

  private void line(Map<String, Double> figures) {
    StringBuilder line =
        new StringBuilder("step " + Amounts.figure(figures.getOrDefault("step", 0.0)));
    for (String name : PLAIN) {
      Double value = figures.get(name);
      if (value != null) {
        line.append("  ").append(name).append(' ').append(Amounts.figure(value));
      }
    }
    console.out().println(line);
  }

  private void draw(RunSummary run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  step %s/%s%s"
            .formatted(
                run.id(), Amounts.count(run.step()), Amounts.count(run.steps()), remaining(run)));
    int width = Math.max(8, console.width() - 1 - LABEL - VALUE);
    for (String name : CURVES) {
      List<Double> values = series.get(name);
      if (values != null) {
        double last = values.get(values.size() - 1);
        lines.add("%-16s%s%10s".formatted(name, Curve.of(values, width), Amounts.figure(last)));
      }
    }
    if (drawn > 0) {
      console.err().print("\u001b[%dA".formatted(drawn));
    }
    lines.forEach(line -> console.err().print("\r" + Inert.line(line) + "\u001b[K\n"));
    console.err().flush();
    drawn = lines.size();
  }

  private String remaining(RunSummary run) {
    List<Double> seconds = series.get(WALL);
    if (seconds == null || run.step() >= run.steps()) {
      return "";
    }
    int recent = Math.min(10, seconds.size());
    double mean =
        seconds.subList(seconds.size() - recent, seconds.size()).stream()
            .mapToDouble(s -> s)
            .average()
            .orElse(0);
    long left = Math.round(mean * (run.steps() - run.step()));
    return "  about %s left".formatted(Amounts.span(Duration.ofSeconds(left)));
  }
}
