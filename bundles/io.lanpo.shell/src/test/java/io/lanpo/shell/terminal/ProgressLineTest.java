package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();

  private ProgressLine line(boolean live, int width) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    return new ProgressLine(new Console(out, stream, false, 0, live ? width : 0), now::get);
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Progress progress(String phase, long done) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accuracy", 0.4125);
    figures.put("reward", 0.5);
    return new Progress("micro-1", phase, done, 40, Duration.ofSeconds(80), figures);
  }

  @Test
  void showsPhaseBarTimeLeftAndFigures() {
    assertEquals(
        "training  [#####---------------]  10/40  1m 20s left  accuracy 0.413  reward 0.500",
        ProgressLine.text(progress("training", 10), 100));
  }

  @Test
  void dropsWholePartsThatDoNotFit() {
    assertEquals(
        "training  [#####---------------]  10/40  1m 20s left",
        ProgressLine.text(progress("training", 10), 66));
    assertEquals("training  10/40", ProgressLine.text(progress("training", 10), 20));
  }

  @Test
  void unknownTotalsAndTimesAreLeftOut() {
    Progress progress = new Progress("r", "loading", 0, 0, Duration.ZERO, Map.of());
    assertEquals("loading", ProgressLine.text(progress, 100));
  }

  @Test
  void overshootAndStrangeNamesDoNotBreakTheLine() {
    Progress progress =
        new Progress("r", "odd\u001b[2J", 50, 40, Duration.ZERO, Map.of("x", Double.NaN));
    assertEquals(
        "odd\\x1b[2J  [####################]  50/40  x -", ProgressLine.text(progress, 100));
  }

  @Test
  void aTerminalsLineIsOverwrittenAtMostTenTimesASecondAndTakenAway() {
    try (ProgressLine line = line(true, 100)) {
      line.progressed(progress("training", 1));
      line.progressed(progress("training", 2));
      now.addAndGet(Duration.ofMillis(150).toNanos());
      line.progressed(progress("training", 3));
    }
    String[] draws = printed().split("\r", -1);
    assertEquals(4, draws.length, printed());
    assertTrue(draws[1].contains(" 1/40 "), draws[1]);
    assertTrue(draws[2].contains(" 3/40 "), draws[2]);
    assertEquals("\u001b[K", draws[3]);
    assertFalse(printed().contains("\n"));
  }

  @Test
  void aTerminalsLineNeverFillsTheLastColumn() {
    line(true, 60).progressed(progress("training", 1));
    String shown = printed().replace("\r", "").replace("\u001b[K", "");
    assertTrue(shown.length() < 60, shown);
  }

  @Test
  void elsewhereThereIsALineForEachNewPhaseAndThenEveryFewSeconds() {
    try (ProgressLine line = line(false, 0)) {
      for (int second = 0; second < 12; second++) {
        line.progressed(progress(second % 2 == 0 ? "training" : "evaluation", second));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
      }
    }
    assertEquals(
        "training  0/40  1m 20s left  accuracy 0.413  reward 0.500\n"
            + "evaluation  1/40  1m 20s left  accuracy 0.413  reward 0.500\n"
            + "training  6/40  1m 20s left  accuracy 0.413  reward 0.500\n"
            + "evaluation  11/40  1m 20s left  accuracy 0.413  reward 0.500\n",
        printed());
  }

  @Test
  void aSentenceInBetweenGetsItsOwnLineAndTheProgressComesBack() {
    ProgressLine line = line(true, 100);
    line.progressed(progress("training", 1));
    line.say("stopping");
    assertTrue(printed().contains("\r\u001b[Kstopping\n\rtraining"), printed());
  }

  @Test
  void nothingIsShownAfterTheEnd() {
    ProgressLine line = line(true, 100);
    line.close();
    line.progressed(progress("training", 1));
    assertEquals("", printed());
  }
}
