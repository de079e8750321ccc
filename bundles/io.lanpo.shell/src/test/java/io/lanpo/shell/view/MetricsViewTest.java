package io.lanpo.shell.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsViewTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private MetricsView view(boolean live, int width) {
    return new MetricsView(new Console(stream(out), stream(err), false, 0, live ? width : 0));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static RunSummary run(String id) {
    return new RunSummary(
        id,
        "micro",
        RunState.RUNNING,
        4,
        40,
        Instant.EPOCH,
        Path.of("/runs/a"),
        "",
        Map.of(),
        Map.of(),
        null);
  }

  private static Map<String, Double> step(double step, double reward) {
    return Map.of("step", step, "reward", reward, "timing.wallSeconds", 100 + 5 * step);
  }

  private List<String> drawn() {
    return Arrays.stream(err.toString(StandardCharsets.UTF_8).split("\n"))
        .map(line -> line.replaceAll("\r|\u001b\\[K", ""))
        .toList();
  }

  @Test
  void curvesHaveTheirLastValueTheirRangeAndTheTimeLeft() {
    MetricsView view = view(true, 80);
    for (int i = 1; i <= 4; i++) {
      view.add(step(i, i / 4.0));
    }
    view.show(run("a"));
    // five seconds a step, whatever went before the first
    assertEquals("a  step 4/40  about 3m 00s left", drawn().get(0));
    assertTrue(drawn().get(1).startsWith("reward              ▁▃▆█"), drawn().get(1));
    assertTrue(drawn().get(1).endsWith("1  0.250 to 1"), drawn().get(1));
    assertTrue(
        drawn().stream().allMatch(line -> TerminalText.width(line) < 80), drawn().toString());
  }

  @Test
  void stepsThatAreTakenAgainCountOnce() {
    MetricsView view = view(true, 60);
    view.add(step(1, 0));
    view.add(step(2, 9));
    view.add(step(3, 9));
    view.add(step(2, 0.5));
    view.add(step(3, 1));
    view.show(run("a"));
    assertTrue(drawn().get(1).startsWith("reward              ▁▅█ "), drawn().get(1));
  }

  @Test
  void whatIsNoTerminalGetsPlainLines() {
    MetricsView view = view(false, 0);
    view.add(step(1, 0.5));
    view.show(run("\u001b[2Ja"));
    view.show(run("a"));
    assertEquals("step 1  reward 0.500\n", out.toString(StandardCharsets.UTF_8));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  /** What was drawn before it is taken away, so that it stays above the curves. */
  @Test
  void aWarningStaysAboveTheCurves() {
    MetricsView view = view(true, 60);
    view.add(step(1, 0.5));
    view.show(run("a"));
    int before = drawn().size();
    err.reset();
    view.warn(new Finding("clipped", "all \u001b[2Jclipped", "a"));
    view.show(run("a"));
    assertEquals(
        "\u001b[%dA\u001b[Jwarning: all \\x1b[2Jclipped".formatted(before), drawn().get(0));
    assertTrue(drawn().get(1).startsWith("a  step 4/40"), drawn().toString());
    err.reset();
    view.show(run("a"));
    assertTrue(!err.toString(StandardCharsets.UTF_8).contains("warning"), "told once");
  }

  @Test
  void namesOfRunsAreInert() {
    MetricsView view = view(true, 60);
    view.show(run("\u001b[2Ja"));
    assertTrue(drawn().get(0).startsWith("\\x1b[2Ja"), drawn().get(0));
  }
}
