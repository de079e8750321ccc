package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.engine.fixture.FakeComponents;
import io.lanpo.engine.fixture.FakeCurriculum;
import io.lanpo.engine.fixture.FakePlatform;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.FakePolicyBackend;
import io.lanpo.engine.fixture.FakeVerifier;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.objective.Cispo;
import io.lanpo.objective.Dapo;
import io.lanpo.objective.DrGrpo;
import io.lanpo.objective.Grpo;
import io.lanpo.objective.Gspo;
import io.lanpo.objective.Lanpo;
import io.lanpo.objective.LanpoPaper;
import io.lanpo.objective.ReinforcePlusPlus;
import io.lanpo.objective.Rloo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs from start to end on fake components: no model, no framework. */
class RunManagerTest {
  @TempDir Path home;
  private FakePlatform platform;
  private FakeComponents components;
  private FakePolicyBackend backend;
  private RunManager manager;

  @BeforeEach
  void aPlatform() throws IOException {
    platform = new FakePlatform(home);
    components = platform.components();
    backend = platform.backend();
    manager = platform.manager();
  }

  private RunSummary run(Map<String, String> set, RunListener listener)
      throws InterruptedException {
    return manager.start("small", set, listener).await();
  }

  private static void ignore(Progress progress) {}

  private static Map<String, String> set(String values) {
    return Stream.of(values.split(" "))
        .map(value -> value.split("="))
        .collect(Collectors.toMap(value -> value[0], value -> value[1]));
  }

  private List<String> lines(RunSummary run, String file) throws IOException {
    return Files.readAllLines(run.folder().resolve(file)).stream()
        .map(line -> line.replace(run.id(), "RUN").replaceFirst(",\"timing\":.*", ""))
        .toList();
  }

  @Test
  void aRunGoesFromTheColdStartToItsResult() throws Exception {
    RunSummary run = run(Map.of(), RunManagerTest::ignore);
    assertEquals(RunState.FINISHED, run.state());
    assertEquals(4, run.step());
    assertEquals(4, lines(run, "metrics.jsonl").size());
    assertEquals(32, lines(run, "rollouts.jsonl").size());
    assertTrue(Files.isDirectory(run.folder().resolve("checkpoints/step-000004")));
    assertEquals(Set.copyOf(EvaluationMode.ofRuns()), run.result().after().keySet());
    assertTrue(components.held().isEmpty(), "what was pinned is given back");
    assertTrue(backend.opened().stream().allMatch(policy -> policy.closed()));
  }

  @Test
  void theColdStartIsMadeOnce() throws Exception {
    run(Map.of(), RunManagerTest::ignore);
    int opened = backend.opened().size();
    RunSummary second = run(Map.of(), RunManagerTest::ignore);
    assertEquals(opened + 1, backend.opened().size(), "it opens the cold start that is kept");
    assertEquals(0, second.result().coldStartGeneratedTokens());
  }

  /** A stop is heard at the next step boundary and leaves a checkpoint to continue from. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule=linear schedule.warmup=2",
        "objective=self-distillation",
        "planner=experiential attempts=failed objective=experiential"
      })
  void aRunThatWasStoppedContinuesToTheSameBits(String values) throws Exception {
    Map<String, String> set = set(values);
    RunSummary whole = run(set, RunManagerTest::ignore);
    assertEquals(RunState.FINISHED, whole.state(), whole.message());
    AtomicReference<RunHandle> handle = new AtomicReference<>();
    RunHandle started =
        manager.start(
            "small",
            set,
            progress -> {
              if (progress.phase().equals("training") && progress.done() == 1) {
                requestStop(handle);
              }
            });
    handle.set(started);
    RunSummary stopped = started.await();
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals("stopped on request", stopped.message());
    assertTrue(
        Files.isDirectory(
            stopped.folder().resolve("checkpoints/step-%06d".formatted(stopped.step()))));
    RunSummary resumed = manager.resume(stopped.id(), RunManagerTest::ignore).await();
    assertEquals(RunState.FINISHED, resumed.state(), resumed.message());
    for (String file : List.of("metrics.jsonl", "rollouts.jsonl", "lessons.jsonl")) {
      assertEquals(lines(whole, file), lines(resumed, file), file);
    }
    assertEquals(whole.result().after(), resumed.result().after());
  }

  /** Two of its three training problems are held-out ones, too. */
  private static final class TwinTask implements TaskSource, Task {
    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Task open(Settings settings, long seed) {
      return this;
    }

    @Override
    public List<Problem> training() {
      return Problems.of(3);
    }

    @Override
    public List<Problem> heldOut() {
      return Problems.of(2).stream()
          .map(p -> new Problem(new Question("h", p.question().text()), p.key(), Map.of()))
          .toList();
    }

    @Override
    public Prompt pose(Question question) {
      return new Prompt.Plain(question.text());
    }

    @Override
    public Optional<Curriculum> curriculum() {
      return Optional.of(new FakeCurriculum());
    }
  }

  /** It began before training problems were compared with held-out ones, and draws all of them. */
  @Test
  void aRunOfAnOlderVersionKeepsItsProblems() throws Exception {
    components.with(TaskSource.class, "fake", new TwinTask());
    RunSummary whole = run(Map.of("contamination", "keep"), RunManagerTest::ignore);
    RunSummary older = run(set("contamination=keep steps=2"), RunManagerTest::ignore);
    Path record = older.folder().resolve("run.json");
    JsonObject document = JsonParser.parseString(Files.readString(record)).getAsJsonObject();
    List.of("checksum", "contamination").forEach(document::remove);
    List.of("settings", "overrides")
        .forEach(part -> document.getAsJsonObject(part).remove("contamination"));
    Files.writeString(record, document.toString());
    RunSummary longer =
        manager.resume(older.id(), "", Map.of("steps", "4"), RunManagerTest::ignore).await();
    assertEquals(RunState.FINISHED, longer.state(), longer.message());
    assertEquals(lines(whole, "rollouts.jsonl"), lines(longer, "rollouts.jsonl"));
  }

  /** One of this version has its own answer. */
  @Test
  void aRunGoesOnWithoutTheProblemsThatItLeftOut() throws Exception {
    components.with(TaskSource.class, "fake", new TwinTask());
    RunSummary whole = run(Map.of(), RunManagerTest::ignore);
    RunSummary shorter = run(Map.of("steps", "2"), RunManagerTest::ignore);
    RunSummary longer =
        manager.resume(shorter.id(), "", Map.of("steps", "4"), RunManagerTest::ignore).await();
    assertEquals(lines(whole, "rollouts.jsonl"), lines(longer, "rollouts.jsonl"));
    assertFalse(lines(longer, "rollouts.jsonl").toString().contains("q1 ?"));
  }

  /** Bits depend on such a choice, so neither another machine nor another day may change it. */
  @Test
  void whatWasChosenWhenARunBeganIsKept() throws Exception {
    AtomicReference<RunHandle> handle = new AtomicReference<>();
    RunHandle started =
        manager.start(
            "small",
            Map.of(),
            progress -> {
              if (progress.phase().equals("training") && progress.done() == 1) {
                requestStop(handle);
              }
            });
    handle.set(started);
    assertEquals(Map.of("policy.speed", "fast: so it was measured"), started.choices());
    RunSummary stopped = started.await();
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals("fast", stopped.settings().get("policy.speed"));
    String record = Files.readString(stopped.folder().resolve("run.json"));
    assertTrue(record.contains("\"policy.speed\": \"fast: so it was measured\""), record);
    backend.chooses("slow");
    RunSummary resumed = manager.resume(stopped.id(), RunManagerTest::ignore).await();
    assertEquals(RunState.FINISHED, resumed.state(), resumed.message());
    manager.evaluate(
        new EvaluationRequest(stopped.id(), List.of(EvaluationMode.ZERO_SHOT), 2, 5),
        RunManagerTest::ignore);
    assertEquals(Set.of("fast"), Set.copyOf(backend.speeds()));
    assertEquals("slow", run(Map.of(), RunManagerTest::ignore).settings().get("policy.speed"));
    assertTrue(
        backend.speeds().contains("slow"), "a new run is a new choice, and a new cold start");
    RunHandle told = manager.start("small", Map.of("speed", "fast"), RunManagerTest::ignore);
    assertEquals(Map.of(), told.choices());
    told.await();
  }

  /** Without weights such completions would teach what the policy did not write. */
  @Test
  void roughRolloutsNeedImportanceWeights() throws Exception {
    Map<String, String> never = Map.of("rough", "true", "objective.correction", "never");
    UserException refused =
        assertThrows(
            UserException.class, () -> manager.start("small", never, RunManagerTest::ignore));
    assertEquals(
        "policy.rough = true samples completions in another precision than the policy learns in, and"
            + " the objective lanpo of bundle bundle.lanpo 1.0.0 has no importance weights for them",
        refused.getMessage());
    assertEquals(
        "Set objective.correction=when-stale, or leave out policy.rough = true.",
        refused.nextStep());
    assertEquals(List.of(), backend.opened());
    RunSummary run = run(Map.of("rough", "true"), RunManagerTest::ignore);
    assertEquals(RunState.FINISHED, run.state(), run.message());
  }

  /** Answers and reviews may have five tokens. */
  @Test
  void aPenaltyOverMoreThanACompletionIsRefused() {
    UserException refused =
        assertThrows(
            UserException.class,
            () ->
                manager.start(
                    "small", Map.of("objective.overlong-buffer", "6"), RunManagerTest::ignore));
    assertEquals(
        "the objective lanpo of bundle bundle.lanpo 1.0.0: objective.overlong-buffer = 6 tokens, and"
            + " completions are allowed 5",
        refused.getMessage());
    assertEquals(List.of(), backend.opened());
    assertTrue(manager.runs().isEmpty(), "nothing is left of it");
    assertTrue(components.held().isEmpty());
  }

  private static void requestStop(AtomicReference<RunHandle> handle) {
    RunHandle run = handle.get();
    while (run == null) {
      Thread.onSpinWait();
      run = handle.get();
    }
    run.requestStop();
  }

  @Test
  void aComponentThatGoesAwayStopsTheRunAndIsNamed() throws Exception {
    RunSummary run =
        run(
            Map.of(),
            progress -> {
              if (progress.phase().equals("training") && progress.done() == 2) {
                components.remove(Verifier.class, "fake");
              }
            });
    assertEquals(RunState.STOPPED, run.state());
    assertEquals(2, run.step());
    assertEquals("the verifier fake went away; bring back bundle bundle.fake 1.0.0", run.message());
    UserException missing =
        assertThrows(UserException.class, () -> manager.resume(run.id(), RunManagerTest::ignore));
    assertTrue(missing.getMessage().contains("verifier = fake"), missing.getMessage());
    components.with(Verifier.class, "fake", FakeVerifier.otherwise(0));
    assertEquals(
        RunState.FINISHED, manager.resume(run.id(), RunManagerTest::ignore).await().state());
  }

  /** Whoever compares two runs has to know which of them reviewed by verdicts. */
  @ParameterizedTest
  @CsvSource({"step, false", "failed, true"})
  void thatASelectorSeesVerdictsIsSaid(String attempts, boolean sees) throws Exception {
    RunSummary run = run(Map.of("attempts", attempts), RunManagerTest::ignore);
    String manifest = Files.readString(run.folder().resolve("manifest.json")).replaceAll("\\s", "");
    assertEquals(sees, manifest.contains("\"sees\":\"verdicts\""), manifest);
  }

  /** An objective by any name is what it is set to be. */
  @Test
  void whatAPresetIsOverriddenWithIsSaid() throws Exception {
    RunSummary run =
        run(Map.of("objective.clip-high", "0.3", "objective.kl", "0.0"), RunManagerTest::ignore);
    assertTrue(
        Files.readString(run.folder().resolve("run.json"))
            .replaceAll("\\s", "")
            .contains("\"presets\":{\"objective.clip-high\":\"0.28\"}"));
  }

  static Stream<Arguments> objectives() {
    return Stream.of(
        Arguments.of("lanpo", new Lanpo()),
        Arguments.of("lanpo-paper", new LanpoPaper()),
        Arguments.of("grpo", new Grpo()),
        Arguments.of("dr-grpo", new DrGrpo()),
        Arguments.of("rloo", new Rloo()),
        Arguments.of("dapo", new Dapo()),
        Arguments.of("reinforce++", new ReinforcePlusPlus()),
        Arguments.of("cispo", new Cispo()),
        Arguments.of("gspo", new Gspo()));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void soItIsOfEveryObjective(String name, Objective objective) throws Exception {
    components.with(Objective.class, name, objective);
    Map<String, String> own =
        objective.settings().stream()
            .collect(Collectors.toMap(Setting::key, Setting::defaultValue));
    Map<String, String> named = Map.of("objective", name, "steps", "1", "coldstart.steps", "0");
    assertEquals("{}", presets(run(named, RunManagerTest::ignore)));
    Map<String, String> set = new HashMap<>(named);
    set.put("objective.negative-weight", "0.7");
    set.put("objective.clip-low", "0.11");
    set.put("objective.aggregation", own.get("aggregation"));
    assertEquals(
        "{\"objective.negative-weight\":\"%s\",\"objective.clip-low\":\"%s\"}"
            .formatted(own.get("negative-weight"), own.get("clip-low")),
        presets(run(set, RunManagerTest::ignore)));
  }

  private static String presets(RunSummary run) throws IOException {
    String record = Files.readString(run.folder().resolve("run.json")).replaceAll("\\s", "");
    return record.replaceFirst(".*\"presets\":(\\{[^}]*}).*", "$1");
  }

  @Test
  void aComponentThatKeepsFailingStopsTheRun() throws Exception {
    components.with(
        Verifier.class,
        "fake",
        new FakeVerifier(
            (problem, response) -> {
              throw new IllegalStateException("broken");
            }));
    RunSummary run = run(Map.of("failures.most", "0.1"), RunManagerTest::ignore);
    assertEquals(RunState.STOPPED, run.state());
    assertEquals(1, run.step());
    assertTrue(run.message().startsWith("in step 1 "), run.message());
    assertTrue(run.message().contains("failures.most = 0.1"), run.message());
  }

  @Test
  void aComponentThatIsNotThereRefusesTheRunAndLeavesNothing() {
    UserException refusal =
        assertThrows(
            UserException.class,
            () -> manager.start("small", Map.of("verifier", "fak"), RunManagerTest::ignore));
    assertEquals("--set: verifier = fak: there is none of that name", refusal.getMessage());
    assertEquals("Did you mean fake?", refusal.nextStep());
    assertTrue(manager.runs().isEmpty());
    assertTrue(components.held().isEmpty());
  }

  @Test
  void anUnknownKeyRefusesTheRun() {
    UserException refusal =
        assertThrows(
            UserException.class,
            () -> manager.start("small", Map.of("group-sise", "4"), RunManagerTest::ignore));
    assertEquals("--set: unknown key group-sise = 4", refusal.getMessage());
    assertTrue(components.held().isEmpty());
  }

  @Test
  void anOptionOfAStrategyIsSentToTheFileOfTheStrategy() {
    for (String kind : List.of("reflection", "abstraction", "verifier", "similarity")) {
      UserException refusal =
          assertThrows(
              UserException.class,
              () ->
                  manager.start(
                      "small", Map.of(kind + ".last-words", "4"), RunManagerTest::ignore));
      assertEquals("--set: unknown key %s.last-words = 4".formatted(kind), refusal.getMessage());
      assertTrue(refusal.nextStep().contains("'fake' stand in a file"), refusal.nextStep());
    }
    assertTrue(components.held().isEmpty());
  }

  @Test
  void whatCannotLearnIsNotTrained() {
    backend = new FakePolicyBackend(FakePlatform::write, false);
    components.with(PolicyBackend.class, "fake", backend);
    UserException refusal =
        assertThrows(
            UserException.class, () -> manager.start("small", Map.of(), RunManagerTest::ignore));
    assertTrue(refusal.getMessage().contains("cannot be trained"), refusal.getMessage());
    assertTrue(backend.opened().isEmpty());
  }

  /** As Training-Free GRPO does with a model behind a server. */
  @Test
  void whatCannotLearnGoesThroughARunThatDoesNotMeanTo() throws Exception {
    Path model = home.resolve("model");
    new FakePolicy(Problems.HALF).save(model);
    backend = new FakePolicyBackend(FakePlatform::write, false);
    components.with(PolicyBackend.class, "fake", backend);
    Map<String, String> set = Map.of("objective", "none", "model", model.toString());
    RunSummary whole = run(set, RunManagerTest::ignore);
    assertEquals(RunState.FINISHED, whole.state(), whole.message());
    assertTrue(backend.opened().stream().allMatch(policy -> policy.updates().isEmpty()));
    assertEquals(whole.result().before().get(EvaluationMode.ZERO_SHOT), zeroShot(whole));
    assertFalse(lines(whole, "lessons.jsonl").isEmpty());
    Path checkpoint = whole.folder().resolve("checkpoints/step-000004");
    try (Stream<Path> files = Files.list(checkpoint)) {
      assertEquals(List.of("checkpoint.json"), files.map(f -> f.getFileName().toString()).toList());
    }
    RunSummary stopped =
        run(
            set,
            progress -> {
              if (progress.phase().equals("training") && progress.done() == 2) {
                manager.stop(progress.run());
              }
            });
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    RunSummary resumed = manager.resume(stopped.id(), RunManagerTest::ignore).await();
    assertEquals(RunState.FINISHED, resumed.state(), resumed.message());
    for (String file : List.of("metrics.jsonl", "rollouts.jsonl", "lessons.jsonl")) {
      assertEquals(lines(whole, file), lines(resumed, file), file);
    }
    EvaluationReport report =
        manager.evaluate(
            new EvaluationRequest(whole.id(), List.of(EvaluationMode.ZERO_SHOT), 2, 5),
            RunManagerTest::ignore);
    assertEquals(model.toString(), report.policy());
  }

  private static Score zeroShot(RunSummary run) {
    return run.result().after().get(EvaluationMode.ZERO_SHOT);
  }

  @Test
  void aRunThatDoesNotMeanToLearnIsNotToImproveEither() {
    UserException refusal =
        assertThrows(
            UserException.class,
            () ->
                manager.start(
                    "small",
                    Map.of("objective", "none", "evaluation.patience", "3"),
                    RunManagerTest::ignore));
    assertEquals(
        "evaluation.patience = 3 ends a run whose score no longer rises, and with the objective none"
            + " of bundle bundle.none 1.0.0 it never does",
        refusal.getMessage());
    assertTrue(components.held().isEmpty());
  }

  /** Such a policy cannot have a cold start either. */
  @Test
  void whatCannotLearnNeedsAFolderToBeOpenedFrom() {
    backend = new FakePolicyBackend(FakePlatform::write, false);
    components.with(PolicyBackend.class, "fake", backend);
    UserException refusal =
        assertThrows(
            UserException.class,
            () -> manager.start("small", Map.of("objective", "none"), RunManagerTest::ignore));
    assertEquals("policy = fake cannot be trained, nor by a cold start", refusal.getMessage());
    assertTrue(backend.opened().isEmpty());
    assertTrue(components.held().isEmpty());
  }

  @Test
  void theGateRefusesAPolicyThatFailsItsExams() throws Exception {
    components.with(
        PolicyBackend.class, "fake", new FakePolicyBackend((prompt, random) -> "unknown", true));
    RunHandle handle = manager.start("small", Map.of(), RunManagerTest::ignore);
    UserException refusal = assertThrows(UserException.class, handle::await);
    assertTrue(refusal.getMessage().contains("does not pass: execute 0 %"), refusal.getMessage());
    assertEquals(RunState.FAILED, manager.run(handle.id()).state());
    RunSummary warned = run(Map.of("coldstart.gate", "warn"), RunManagerTest::ignore);
    assertEquals(RunState.FINISHED, warned.state());
  }

  @Test
  void anEvaluationLeavesTheRunAsItIs() throws Exception {
    RunSummary run = run(Map.of(), RunManagerTest::ignore);
    EvaluationRequest request =
        new EvaluationRequest(run.id(), List.of(EvaluationMode.ZERO_SHOT), 2, 5);
    EvaluationReport report = manager.evaluate(request, RunManagerTest::ignore);
    assertEquals(3, report.sections().get(0).problems());
    int opened = backend.opened().size();
    assertEquals(report, manager.evaluate(request, RunManagerTest::ignore));
    assertEquals(opened, backend.opened().size(), "the answers are kept");
    assertEquals(run, manager.run(run.id()));
  }

  @Test
  void theValuesOfAConfigurationAreThoseARunWouldHave() {
    Map<String, String> values = manager.values("small", Map.of("steps", "9"));
    assertEquals("9", values.get("steps"));
    assertEquals("2", values.get("problems"));
    assertEquals("0.5", values.get("planner.ratio"));
    assertEquals(List.of("small"), manager.configurations());
    assertTrue(components.held().isEmpty());
  }

  @Test
  void aFinishedRunGoesOnToTheBitsOfALongerOne() throws Exception {
    for (String staleness : List.of("0", "1")) {
      RunSummary whole = run(Map.of("steps", "6"), RunManagerTest::ignore);
      RunSummary first = run(Map.of("staleness", staleness), RunManagerTest::ignore);
      RunSummary longer =
          manager.resume(first.id(), "", Map.of("steps", "6"), RunManagerTest::ignore).await();
      assertEquals(RunState.FINISHED, longer.state(), longer.message());
      assertEquals(6, longer.step());
      assertEquals("6", longer.settings().get("steps"));
      assertEquals(6, longer.result().steps());
      assertTrue(Files.exists(longer.folder().resolve("result-000004.json")));
      assertEquals(6, lines(longer, "metrics.jsonl").size());
      if (staleness.equals("0")) {
        for (String file : List.of("metrics.jsonl", "rollouts.jsonl", "lessons.jsonl")) {
          assertEquals(lines(whole, file), lines(longer, file), file);
        }
      }
    }
  }

  @Test
  void onlyTheLengthOfARunCanBeChanged() throws Exception {
    RunSummary run = run(Map.of(), RunManagerTest::ignore);
    Map<String, String> refused =
        Map.of(
            "seed", "--set: seed cannot be changed: run ID has begun with another value",
            "steps", "--set: steps = 3, but run ID has taken 4",
            "evaluation.patience",
                "--set: evaluation.patience = -3 is not allowed; it must be a whole number from 0"
                    + " to 1000000 (evaluations)");
    refused.forEach(
        (key, message) -> {
          Map<String, String> set = Map.of(key, key.equals("evaluation.patience") ? "-3" : "3");
          UserException refusal =
              assertThrows(
                  UserException.class,
                  () -> manager.resume(run.id(), "", set, RunManagerTest::ignore));
          assertEquals(message, refusal.getMessage().replace(run.id(), "ID"));
        });
    assertEquals(run, manager.run(run.id()), "it is as it was");
  }

  /** Whoever trains for long wants the policy of the best evaluation, and no steps after it. */
  @Test
  void theBestCheckpointIsKeptAndARunThatNoLongerImprovesEnds() throws Exception {
    Map<String, String> set =
        Map.of(
            "steps", "40",
            "checkpoint.every", "1",
            "checkpoint.keep", "1",
            "evaluation.every", "1",
            "evaluation.patience", "3");
    RunSummary run = run(set, RunManagerTest::ignore);
    assertEquals(RunState.FINISHED, run.state(), run.message());
    List<String> metrics = lines(run, "metrics.jsonl");
    int best =
        Integer.parseInt(
            metrics.get(metrics.size() - 1).replaceFirst(".*\"bestStep\":(\\d+).*", "$1"));
    assertEquals(best + 3, run.step(), run.message());
    assertEquals(
        "ended early: the evaluation after step %d was not bettered".formatted(best),
        run.message());
    try (Stream<Path> kept = Files.list(run.folder().resolve("checkpoints"))) {
      assertEquals(
          List.of("step-%06d".formatted(best), "step-%06d".formatted(best + 3)),
          kept.map(f -> f.getFileName().toString()).sorted().toList());
    }
    RunSummary longer =
        manager
            .resume(
                run.id(),
                "",
                Map.of("steps", Integer.toString(best + 5), "evaluation.patience", "0"),
                RunManagerTest::ignore)
            .await();
    assertEquals(best + 5, longer.step());
  }

  @Test
  void aRunIsFoundByTheBeginningOfItsIdAndAFinishedOneIsNotResumed() throws Exception {
    RunSummary run = run(Map.of("steps", "1"), RunManagerTest::ignore);
    assertEquals(run.id(), manager.run(run.id().substring(0, run.id().length() - 1)).id());
    UserException finished =
        assertThrows(UserException.class, () -> manager.resume(run.id(), RunManagerTest::ignore));
    assertTrue(finished.getMessage().endsWith("is finished"));
    assertThrows(UserException.class, () -> manager.stop(run.id()));
    assertFalse(manager.runs().isEmpty());
    try (Stream<Path> left = Files.list(home.resolve("runs"))) {
      assertEquals(1, left.count());
    }
  }
}
