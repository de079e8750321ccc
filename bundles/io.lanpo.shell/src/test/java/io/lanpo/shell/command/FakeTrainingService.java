package io.lanpo.shell.command;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.Estimate;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunNotes;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A training service whose runs do nothing; a run named {@code endless} goes on until it is asked
 * to stop.
 */
public final class FakeTrainingService implements TrainingService {
  static final Setting<Integer> STEPS =
      Setting.integer("steps", 100, 0, 1000, "training steps", "length of the run");

  static final Setting<String> LOSS_AGGREGATION =
      Setting.choice("loss.aggregation", List.of("token-mean", "dr-grpo"), "a | b");

  static final Setting<String> POOL_NAME = Setting.text("pool.name", "", "name of a shared pool");

  static final Setting<Object> CHAT = Setting.scalars("policy.chat.*", "variables of the template");

  static final Path FOLDER = Path.of("/runs/micro-1");

  public final List<RunSummary> runs = new ArrayList<>();
  public final CountDownLatch started = new CountDownLatch(1);
  public Map<String, String> overrides = Map.of();
  public Map<String, String> values =
      Map.of("steps", "40", "loss.aggregation", "token-mean", "pool.name", "");
  EvaluationRequest evaluated;
  public RuntimeException failure;
  private volatile RunHandle handle;
  private String checkpoint = "";
  private Optional<RunHealth> health = Optional.empty();

  static Score score(double mean) {
    return new Score(mean, 0.01, 96, 2, 0.25, 1);
  }

  public static RunResult result() {
    Map<EvaluationMode, Score> before = new EnumMap<>(EvaluationMode.class);
    Map<EvaluationMode, Score> after = new EnumMap<>(EvaluationMode.class);
    before.put(EvaluationMode.ZERO_SHOT, score(0.0125));
    before.put(EvaluationMode.REFLECT, score(0.11));
    before.put(EvaluationMode.RETRIEVE, score(0.02));
    after.put(EvaluationMode.ZERO_SHOT, score(0.93));
    after.put(EvaluationMode.REFLECT, score(0.84));
    after.put(EvaluationMode.RETRIEVE, score(0.99));
    return new RunResult(
        "micro-1",
        40,
        376_000,
        256_000,
        53.25,
        192.5,
        108,
        0,
        before,
        after,
        1_234_567_890L,
        1_100_000_000L);
  }

  public static RunSummary summary(String id, RunState state, RunResult result) {
    return new RunSummary(
        id,
        "micro",
        state,
        state == RunState.FINISHED ? 40 : 20,
        40,
        Instant.parse("2026-01-02T03:04:05Z"),
        FOLDER,
        "",
        Map.of("pool", "chronicle", "pool.name", "", "evaluation.samples", "2", "seed", "7"),
        Map.of("verifier", "exact, io.lanpo.verifier.exact 0.1.0"),
        result);
  }

  /** What a run that is started finds out about its learning. */
  public void health(RunHealth health) {
    this.health = Optional.of(health);
  }

  /** A finished run with that. */
  public RunSummary summaryWithHealth(String id) {
    RunSummary plain = summary(id, RunState.FINISHED, result());
    return new RunSummary(
        plain.id(),
        plain.configuration(),
        plain.state(),
        plain.step(),
        plain.steps(),
        plain.started(),
        plain.folder(),
        plain.message(),
        plain.settings(),
        plain.asked(),
        plain.components(),
        plain.result(),
        health,
        plain.notes());
  }

  /** A run whose folder cannot be read. */
  public static RunSummary damaged(String id, String reason) {
    return new RunSummary(
        id, "", RunState.DAMAGED, 0, 0, Instant.EPOCH, FOLDER, reason, Map.of(), Map.of(), null);
  }

  /** The checkpoint from which a run was resumed. */
  public String checkpoint() {
    return checkpoint;
  }

  /** Lists a run that has stopped after its first step. */
  public void addStopped(Path folder, Map<String, String> settings) {
    runs.add(
        new RunSummary(
            String.valueOf(folder.getFileName()),
            "micro",
            RunState.STOPPED,
            1,
            2,
            Instant.EPOCH,
            folder,
            "",
            settings,
            Map.of(),
            null));
  }

  @Override
  public List<String> configurations() {
    return List.of("micro", "micro-grpo");
  }

  @Override
  public List<Setting<?>> settings(String configuration) {
    return List.of(STEPS, LOSS_AGGREGATION, POOL_NAME, CHAT);
  }

  @Override
  public Map<String, String> values(String configuration, Map<String, String> overrides) {
    return values;
  }

  @Override
  public RunHandle start(
      String configuration, Map<String, String> overrides, RunListener listener) {
    this.overrides = overrides;
    if (failure != null) {
      throw failure;
    }
    if (configuration.equals("endless")) {
      handle = new Endless();
      return handle;
    }
    if (!configurations().contains(configuration)) {
      throw new UserException(
          "there is no run configuration named " + configuration,
          Names.suggestion(configuration, configurations()));
    }
    listener.progressed(
        new Progress("micro-1", "training", 1, 40, Duration.ofSeconds(80), Map.of()));
    health.ifPresent(h -> h.findings().forEach(listener::found));
    return done("micro-1", summaryWithHealth("micro-1"));
  }

  public RunHandle lastHandle() {
    return handle;
  }

  @Override
  public RunHandle resume(String run, String from, RunListener listener) {
    this.checkpoint = from;
    return done(run, summary(run, RunState.FINISHED, result()));
  }

  @Override
  public RunHandle resume(
      String run, String from, Map<String, String> changes, RunListener listener) {
    this.overrides = Map.copyOf(changes);
    return resume(run, from, listener);
  }

  private RunHandle done(String id, RunSummary summary) {
    return new RunHandle() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public void requestStop() {}

      @Override
      public RunSummary await() {
        return summary;
      }
    };
  }

  @Override
  public RunSummary stop(String run) {
    return run(run);
  }

  @Override
  public List<RunSummary> runs() {
    return runs;
  }

  @Override
  public RunSummary run(String id) {
    return runs.stream()
        .filter(r -> r.id().startsWith(id) && r.state() != RunState.DAMAGED)
        .findFirst()
        .orElseThrow(() -> new UserException("there is no whole run " + id, ""));
  }

  @Override
  public RunSummary note(String id, RunNotes notes) {
    RunSummary run = run(id);
    RunSummary noted =
        new RunSummary(
            run.id(),
            run.configuration(),
            run.state(),
            run.step(),
            run.steps(),
            run.started(),
            run.folder(),
            run.message(),
            run.settings(),
            run.asked(),
            run.components(),
            run.result(),
            run.health(),
            notes);
    runs.set(runs.indexOf(run), noted);
    return noted;
  }

  @Override
  public EvaluationReport evaluate(EvaluationRequest request, RunListener listener) {
    evaluated = request;
    List<EvaluationReport.Section> sections = new ArrayList<>();
    for (EvaluationMode mode : request.modes()) {
      sections.add(section(mode, "", "", 0.5));
      sections.add(section(mode, "level", "\u001b[31m3", 0.25));
      sections.add(section(mode, "level", "4", 0.75));
    }
    return new EvaluationReport(
        FOLDER, "step-000020", request.samples(), request.seed(), 0.95, sections);
  }

  private static EvaluationReport.Section section(
      EvaluationMode mode, String label, String value, double mean) {
    Map<String, Estimate> figures = new LinkedHashMap<>();
    figures.put("mean@2", new Estimate(mean, mean - 0.1, mean + 0.1));
    figures.put("pass@2", new Estimate(mean + 0.1, Double.NaN, Double.NaN));
    return new EvaluationReport.Section(mode, label, value, 96, figures, score(mean), 3, 20.4);
  }

  private final class Endless implements RunHandle {
    private final CountDownLatch stop = new CountDownLatch(1);

    @Override
    public String id() {
      return "endless-1";
    }

    @Override
    public void requestStop() {
      stop.countDown();
    }

    @Override
    public RunSummary await() throws InterruptedException {
      started.countDown();
      stop.await();
      return summary("endless-1", RunState.STOPPED, null);
    }
  }
}
