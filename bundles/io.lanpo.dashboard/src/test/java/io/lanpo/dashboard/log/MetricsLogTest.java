package io.lanpo.dashboard.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsLogTest {
  @TempDir Path folder;
  private Path file;
  private MetricsLog log;

  @BeforeEach
  void aLog() {
    file = folder.resolve("metrics.jsonl");
    log = new MetricsLog(folder);
  }

  @Test
  void aRunThatHasNotBegunHasNoRows() {
    assertEquals(0, log.since(0, -1, Set.of()).get("rows"));
  }

  @Test
  void figuresOfInnerObjectsHaveTheirNameInFront() throws IOException {
    append(
        "{\"step\":1,\"reward\":0.5,\"timing\":{\"update\":2.0},\"note\":\"x\",\"none\":null}\n");
    Map<String, Object> all = log.since(0, -1, Set.of());
    assertEquals(java.util.Set.of("reward", "timing.update"), values(all).keySet());
    assertArrayEquals(new double[] {2}, values(all).get("timing.update"));
  }

  @Test
  void onlyWhatIsNewIsToldAndAFigureThatComesLaterIsMissingBefore() throws IOException {
    append("{\"step\":1,\"reward\":0.5}\n{\"step\":2,\"reward\":0.25}\n");
    Map<String, Object> first = log.since(0, -1, Set.of());
    append("{\"step\":3,\"kl\":1}\n");
    Map<String, Object> next = log.since(2, (int) first.get("generation"), Set.of());
    assertEquals(2, next.get("from"));
    assertEquals(3, next.get("rows"));
    assertArrayEquals(new double[] {3}, (double[]) next.get("step"));
    assertArrayEquals(new double[] {Double.NaN}, values(next).get("reward"));
    assertArrayEquals(
        new double[] {Double.NaN, Double.NaN, 1},
        values(log.since(0, (int) first.get("generation"), Set.of())).get("kl"));
  }

  /** Cut off in the last line when its process was killed. */
  @Test
  void aLineWithoutItsEndWaitsForIt() throws IOException {
    append("{\"step\":1,\"reward\":0.5}\n{\"step\":2,\"rew");
    assertEquals(1, log.since(0, -1, Set.of()).get("rows"));
    assertEquals(0, log.since(0, -1, Set.of()).get("skipped"));
    append("ard\":0.75}\n");
    Map<String, Object> all = log.since(0, -1, Set.of());
    assertArrayEquals(new double[] {0.5, 0.75}, values(all).get("reward"));
  }

  @Test
  void aBrokenLineAmongTheOthersIsCountedAndLeftOut() throws IOException {
    append(
        "{\"step\":1,\"reward\":0.5}\n{\"step\":2,\"rew{\"step\":2}\nnull\n[]\n\u0000\u0000\n"
            + "{\"reward\":7}\n{\"step\":\"2\"}\n{\"step\":3,\"reward\":1e999}\n{\"step\":4,\"reward\":1} {}\n"
            + "{\"step\":5,\"reward\":0.25}\n");
    Map<String, Object> all = log.since(0, -1, Set.of());
    assertArrayEquals(new double[] {1, 5}, (double[]) all.get("step"));
    assertArrayEquals(new double[] {0.5, 0.25}, values(all).get("reward"));
    assertEquals(8, all.get("skipped"));
  }

  /** As a run does that is resumed from a checkpoint: the new end may be longer. */
  @Test
  void aLogThatWasCutBackComesAnew() throws IOException {
    append("{\"step\":1,\"reward\":0.5}\n{\"step\":2,\"reward\":0.6}\n");
    int generation = (int) log.since(0, -1, Set.of()).get("generation");
    Files.writeString(
        file,
        "{\"step\":1,\"reward\":0.5}\n{\"step\":2,\"reward\":0.7}\n{\"step\":3,\"reward\":1}\n");
    Map<String, Object> again = log.since(2, generation, Set.of());
    assertEquals(0, again.get("from"));
    assertNotEquals(generation, again.get("generation"));
    assertArrayEquals(new double[] {0.5, 0.7, 1}, values(again).get("reward"));
    Files.delete(file);
    assertEquals(0, log.since(3, (int) again.get("generation"), Set.of()).get("rows"));
  }

  @Test
  void ofAStepThatWasTakenTwiceTheLaterCounts() throws IOException {
    append(
        "{\"step\":1,\"reward\":1}\n{\"step\":2,\"reward\":2,\"kl\":1}\n{\"step\":3,\"reward\":3}\n");
    append("{\"step\":2,\"reward\":4}\n");
    Map<String, Object> all = log.since(0, -1, Set.of());
    assertArrayEquals(new double[] {1, 2}, (double[]) all.get("step"));
    assertArrayEquals(new double[] {1, 4}, values(all).get("reward"));
    assertArrayEquals(new double[] {Double.NaN, Double.NaN}, values(all).get("kl"));
  }

  /** A spike of one step among ten thousand is still there, at most its bucket away. */
  @Test
  void aLongRunIsThinnedOutAndKeepsItsExtremes() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 10_000; step++) {
      double reward = step == 7_777 ? 9 : step == 1_234 ? -3 : Math.sin(step / 1000.0);
      lines.append("{\"step\":%d,\"reward\":%s}\n".formatted(step, reward));
    }
    append(lines.toString());
    Map<String, Object> all = log.since(0, -1, Set.of());
    double[] steps = (double[]) all.get("step");
    double[] rewards = values(all).get("reward");
    assertEquals(10_000, all.get("rows"));
    assertEquals(MetricsLog.MOST_POINTS, steps.length);
    assertEquals(1, steps[0]);
    assertEquals(10_000, steps[steps.length - 1]);
    for (int i = 1; i < steps.length; i++) {
      assertTrue(steps[i] > steps[i - 1], "steps grow at " + i);
    }
    assertEquals(9, Arrays.stream(rewards).max().orElseThrow());
    assertEquals(-3, Arrays.stream(rewards).min().orElseThrow());
    int spike = indexOf(rewards, 9);
    assertEquals(7_777, steps[spike], 2.0 * 10_000 / MetricsLog.MOST_POINTS);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, double[]> values(Map<String, Object> document) {
    return (Map<String, double[]>) document.get("values");
  }

  private static int indexOf(double[] values, double sought) {
    int i = 0;
    while (values[i] != sought) {
      i++;
    }
    return i;
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
