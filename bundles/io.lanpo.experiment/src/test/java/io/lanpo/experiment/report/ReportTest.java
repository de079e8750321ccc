package io.lanpo.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.experiment.WrittenRuns;
import io.lanpo.experiment.plan.ExperimentFile;
import io.lanpo.experiment.plan.ExperimentPlan;
import io.lanpo.experiment.plan.PlannedRun;
import io.lanpo.experiment.plan.Variant;
import io.lanpo.experiment.result.Budget;
import io.lanpo.experiment.result.Results;
import io.lanpo.experiment.run.RunFinder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the files of runs to the report. */
final class ReportTest {
  @TempDir Path folder;
  private WrittenRuns runs;
  private ExperimentPlan plan;

  @BeforeEach
  void anExperiment() throws IOException {
    runs = new WrittenRuns(folder.resolve("runs"));
    Path file =
        Files.writeString(
            folder.resolve("experiment~claims.cfg"),
            """
            description = <script>alert(1)</script> | *bold*
            base = micro
            seeds = 1 2 3
            baselines = grpo
            budget = lanpo
            variant.lanpo =
            title.lanpo = LANPO <img src=x onerror=alert(1)>
            variant.grpo = algorithm = grpo; steps = 80
            variant.short = steps = 20
            """);
    plan =
        ExperimentPlan.of(
            ExperimentFile.read(file, "claims"),
            new ExperimentRequest("claims", Map.of(), List.of(), List.of(), 0, 0),
            runs);
    int number = 0;
    for (PlannedRun run : plan.runs()) {
      double value = run.variant().name().equals("grpo") ? 0.4 : 0.8 + run.seed() / 100.0;
      runs.finished("micro-" + number++, run, value);
    }
  }

  private Results results() {
    return Results.read(plan, new RunFinder(runs).find(plan.runs()));
  }

  private Variant variant(String name) {
    return plan.variants().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  /** GRPO rises evenly to 0.4 in 80 steps, so it is at 0.2 where LANPO has ended, after 40. */
  @Test
  void theBaselineIsReadWhereTheBudgetEnds() {
    Results results = results();
    for (Budget budget : Budget.values()) {
      assertEquals(0.2, results.mean(variant("grpo"), budget).mean(), 1e-12);
      assertEquals(0.82, results.mean(variant("lanpo"), budget).mean(), 1e-12);
      assertTrue(results.at(variant("lanpo"), budget).stream().allMatch(Results.At::whole));
      assertFalse(results.at(variant("short"), budget).get(0).whole());
    }
    Results.Comparison ahead = results.against(variant("grpo"), Budget.TOKENS).get(0);
    assertEquals("lanpo", ahead.variant().name());
    assertEquals(0.62, ahead.test().difference(), 1e-12);
    assertEquals(3, ahead.test().ahead());
    assertEquals(0.25, ahead.test().wilcoxon(), 1e-12);
    // two comparisons with p = 0.25 each
    assertEquals(0.5, ahead.wilcoxon(), 1e-12);
  }

  @Test
  void costsByPart() {
    var run = results().of(variant("lanpo")).get(0);
    // the log has times of the day and sizes beside them
    assertEquals(Map.of("generation", 0.25, "update", 0.5), run.secondsPerStep());
    assertEquals(60, run.tokensPerStep().get("plain"), 1e-12);
    assertEquals(30, run.tokensPerStep().get("reviews"), 1e-12);
    assertEquals(10, run.tokensPerStep().get("distilling"), 1e-12);
    assertEquals(70, run.tokensPerStep().get("in the loss"), 1e-12);
  }

  @Test
  void textFromRunsIsInert() throws IOException {
    Path out = folder.resolve("out");
    Report.write(
        results(), List.of("lanpo, seed 9: <iframe> \u001b[2J `x` \u202e [a](javascript:b)"), out);
    String html = Files.readString(out.resolve("report.html"));
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("<img src=x"), html);
    assertFalse(html.contains("<iframe"), html);
    assertFalse(html.contains("\u001b") || html.contains("\u202e"), html);
    assertTrue(html.contains("&lt;script&gt;alert(1)"), html);
    String text = Files.readString(out.resolve("report.md"));
    assertFalse(text.contains("\u001b"), text);
    assertTrue(text.contains("\\<script\\>alert(1)"), text);
    assertTrue(text.contains("\\[a\\](javascript"), text);
    assertTrue(text.contains("\\| \\*bold\\*"), text);
  }

  @Test
  void thePageNeedsNothingElseAndItsPicturesAreWellFormed() throws Exception {
    Path out = folder.resolve("out");
    Report.write(results(), List.of(), out);
    String html = Files.readString(out.resolve("report.html"));
    assertFalse(html.contains("http:") || html.contains("https:"), html);
    assertEquals(4, html.split("src=\"data:image/svg", -1).length - 1);
    String text = Files.readString(out.resolve("report.md"));
    for (String picture : List.of("steps.svg", "tokens.svg", "cpu.svg", "variants-tokens.svg")) {
      assertTrue(text.contains("](" + picture + ")"), text);
      byte[] svg = Files.readAllBytes(out.resolve(picture));
      var root =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg))
              .getDocumentElement();
      assertEquals("svg", root.getTagName());
    }
    assertTrue(text.contains("| grpo | 0.200 ± 0.000 | 0.200 ± 0.000 |"), text);
    assertTrue(text.contains("| short | 0.820 ± 0.006 † |"), text);
  }

  @Test
  void aLineThatIsCutOff() throws IOException {
    Path metrics = runs.folder("micro-0").resolve("metrics.jsonl");
    String all = Files.readString(metrics);
    Files.writeString(metrics, all.substring(0, all.length() - 20));
    assertRefused("metrics.jsonl: line 40 is cut off or damaged");
    Files.writeString(metrics, all.lines().limit(39).reduce("", (a, b) -> a + b + "\n"));
    assertRefused("metrics.jsonl: line 40 is not step 40 of 40");
  }

  @Test
  void aMeasureThatNobodyTook() throws IOException {
    Path metrics = runs.folder("micro-0").resolve("metrics.jsonl");
    assertTrue(Files.exists(metrics));
    ExperimentFile file = plan.file();
    ExperimentPlan other =
        new ExperimentPlan(
            new ExperimentFile(
                file.path(),
                file.name(),
                file.description(),
                file.base(),
                file.seeds(),
                "evaluation.nothing",
                file.baselines(),
                file.budget(),
                file.plot(),
                1,
                0,
                file.variants()),
            plan.name(),
            plan.seeds(),
            plan.variants(),
            plan.runs());
    UserException refused =
        assertThrows(
            UserException.class, () -> Results.read(other, new RunFinder(runs).find(other.runs())));
    assertTrue(refused.getMessage().contains("no step has a figure evaluation.nothing"));
  }

  @Test
  void nothingIsFinishedYet() throws IOException {
    Results none = Results.read(plan, Map.of());
    Report.write(none, List.of(), folder.resolve("none"));
    assertTrue(
        Files.readString(folder.resolve("none").resolve("report.md")).contains("0 of 9 runs"));
  }

  private void assertRefused(String message) {
    UserException refused = assertThrows(UserException.class, this::results);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
