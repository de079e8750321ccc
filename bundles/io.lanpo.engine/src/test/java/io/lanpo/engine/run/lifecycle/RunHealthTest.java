package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.fixture.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says about its own learning: while it lasts, in its files, and when it is listed. */
class RunHealthTest {
  @TempDir Path home;
  private FakePlatform platform;
  private final Told told = new Told();

  /** Keeps what a run tells, and asks for a stop after a step. */
  private final class Told implements RunListener {
    private final List<String> kinds = new ArrayList<>();
    private int stopAfter = -1;

    @Override
    public void progressed(Progress progress) {
      if (progress.phase().equals("training") && progress.done() == stopAfter) {
        platform.manager().stop(progress.run());
      }
    }

    @Override
    public void found(Finding finding) {
      kinds.add(finding.kind());
    }
  }

  @BeforeEach
  void aPlatform() throws IOException {
    platform = new FakePlatform(home);
  }

  private RunSummary run(String... set) throws InterruptedException {
    Map<String, String> values = new HashMap<>(Map.of("algorithm", "grpo"));
    for (int i = 0; i < set.length; i += 2) {
      values.put(set[i], set[i + 1]);
    }
    return platform.manager().start("small", values, told).await();
  }

  private static List<String> kinds(RunSummary run) {
    return run.health().orElseThrow().findings().stream().map(Finding::kind).toList();
  }

  private static void assertLearnedNothing(RunSummary run, String... kinds) {
    assertEquals(RunState.FINISHED, run.state(), run.message());
    assertFalse(run.health().orElseThrow().learned());
    assertEquals(List.of(kinds), kinds(run));
  }

  /** Judges all that the policy writes alike. */
  private record Alike(Verdict verdict) implements Verifier {
    private static final String GOLD = "gold ";

    @Override
    public Verdict verify(Problem problem, Response response) {
      return response.text().startsWith(GOLD) ? new Verdict.Scored(1, "gold") : verdict;
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(GOLD + problem.key().text(), true);
    }
  }

  private void judged(Verdict verdict) {
    platform.components().with(Verifier.class, "fake", new Alike(verdict));
  }

  @Test
  void aRunThatLearnsHasNoFindings() throws Exception {
    RunSummary run = run("steps", "7");
    assertEquals(new RunHealth(true, List.of()), run.health().orElseThrow());
    assertEquals(List.of(), told.kinds);
  }

  @Test
  void whatKeepsARunFromLearningIsToldOnceAndStaysInItsFiles() throws Exception {
    judged(new Verdict.Scored(0, "cut off"));
    RunSummary run = run("steps", "8", "sampling.max-tokens", "1");
    assertLearnedNothing(run, "cut-off");
    assertEquals(List.of("cut-off"), told.kinds);
    List<String> lines = Files.readAllLines(run.folder().resolve("metrics.jsonl"));
    assertEquals(
        List.of(4), // the fifth step
        indices(lines, "\"findings\":[{\"kind\":\"cut-off\",\"sentence\":\"40 of 40 completions"));
    String record = Files.readString(run.folder().resolve("run.json"));
    assertTrue(record.contains("\"learned\": false"), record);
    assertTrue(record.contains("of steps 4 to 8 were cut off"), record);
  }

  private static List<Integer> indices(List<String> lines, String part) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        found.add(i);
      }
    }
    return found;
  }

  @Test
  void aResumedRunComesToTheSameFindings() throws Exception {
    judged(new Verdict.Scored(0, "cut off"));
    RunSummary whole = run("steps", "8", "sampling.max-tokens", "1");
    told.kinds.clear();
    told.stopAfter = 3;
    RunSummary stopped = run("steps", "8", "sampling.max-tokens", "1");
    assertEquals(RunState.STOPPED, stopped.state());
    assertEquals(List.of("cut-off"), kinds(stopped), "as of its last step");
    told.stopAfter = -1;
    RunSummary resumed = platform.manager().resume(stopped.id(), told).await();
    assertEquals(whole.health(), resumed.health());
    assertEquals(List.of("cut-off"), told.kinds);
    assertEquals(lines(whole), lines(resumed));
  }

  private static List<String> lines(RunSummary run) throws IOException {
    return Files.readAllLines(run.folder().resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceFirst(",\"timing\":.*", ""))
        .toList();
  }

  @Test
  void nothingRightIsTooHard() throws Exception {
    judged(new Verdict.Scored(0, "wrong"));
    assertLearnedNothing(run("steps", "2"), "too-hard");
  }

  @Test
  void everythingRightIsTooEasy() throws Exception {
    judged(new Verdict.Scored(1, "right"));
    assertLearnedNothing(run("steps", "2"), "too-easy");
  }

  @Test
  void oneRewardForAllIsForTheirForm() throws Exception {
    judged(new Verdict.Scored(0.25, "well formed"));
    assertLearnedNothing(run("steps", "2"), "form-alone");
  }

  @Test
  void noRewardAtAllIsTheVerifiersDoing() throws Exception {
    judged(new Verdict.Abstained("the key is no number"));
    RunSummary run = run("steps", "2");
    assertLearnedNothing(run, "unscored");
    assertTrue(
        run.health()
            .orElseThrow()
            .findings()
            .get(0)
            .sentence()
            .contains("\"the key is no number\""),
        run.health().toString());
  }

  @Test
  void aLearningRateOfZeroChangesNothing() throws Exception {
    assertLearnedNothing(run("steps", "2", "optimizer.learning-rate", "0"), "learning-rate-zero");
  }

  @Test
  void feedbackThatIsNeverShownIsMissed() throws Exception {
    RunSummary run = run("algorithm", "lanpo", "steps", "5", "planner.reflect-share", "0");
    assertTrue(run.health().orElseThrow().learned());
    assertEquals(List.of("no-lessons"), kinds(run));
    assertEquals(List.of("no-lessons"), told.kinds);
  }

  /** An objective that idles, be it meant to or not. */
  private record Idle(boolean learns) implements Objective, Objective.Learning {
    @Override
    public Objective.Learning open(Settings settings) {
      return this;
    }

    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      return groups.stream()
          .map(
              group ->
                  group.completions().stream().mapToDouble(c -> c.reward().orElse(0)).toArray())
          .toList();
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      return new Updates(step.number(), List.of(), true, Map.of());
    }
  }

  @Test
  void anObjectiveThatMakesNothingOfRewardsIsNamed() throws Exception {
    platform.components().with(Objective.class, "idle", new Idle(true));
    assertLearnedNothing(run("steps", "2", "objective", "idle"), "no-update");
  }

  @Test
  void anObjectiveThatIsNotMeantToLearnIsNoFault() throws Exception {
    platform.components().with(Objective.class, "idle", new Idle(false));
    RunSummary run = run("steps", "5", "objective", "idle");
    assertLearnedNothing(run, Finding.NOT_MEANT_TO_LEARN);
    assertFalse(run.health().orElseThrow().findings().get(0).fault());
  }

  @Test
  void anEvaluationOfCutOffAnswersSaysSo() throws Exception {
    RunSummary run = run("steps", "1");
    EvaluationRequest request =
        new EvaluationRequest(
            run.id(),
            "",
            "",
            "",
            Map.of("sampling.max-tokens", "1"),
            ProblemPart.HELD_OUT,
            0,
            List.of(EvaluationMode.ZERO_SHOT),
            2,
            1,
            false);
    List<Finding> findings = platform.manager().evaluate(request, told).findings();
    assertEquals(List.of("cut-off"), findings.stream().map(Finding::kind).toList());
  }
}
