package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.Score;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.evaluate.Evaluation;
import io.lanpo.engine.generate.AuxiliaryPolicy;
import io.lanpo.engine.health.HealthMonitor;
import io.lanpo.engine.rollout.PendingStep;
import io.lanpo.engine.run.components.PinnedComponent;
import io.lanpo.engine.run.folder.CheckpointRecord;
import io.lanpo.engine.run.folder.Checkpoints;
import io.lanpo.engine.run.folder.ModelCard;
import io.lanpo.engine.run.folder.PoolCount;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.folder.RunRecord;
import io.lanpo.engine.run.folder.Scores;
import io.lanpo.engine.run.folder.StepLogs;
import io.lanpo.engine.run.policy.InitialPolicy;
import io.lanpo.engine.run.policy.ReferencePolicy;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.run.progress.ProcessStatus;
import io.lanpo.engine.run.progress.ProgressReporter;
import io.lanpo.engine.run.progress.Totals;
import io.lanpo.engine.run.sink.RunSinks;
import io.lanpo.engine.step.StepOutcome;
import io.lanpo.engine.step.TrainingStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a run from where it stands to its end, on one thread: initial policy, scores before,
 * training steps with checkpoints, scores after. Whatever happens, the last checkpoint stays whole
 * and the run can be resumed.
 */
final class RunExecution {
  private final PreparedRun run;
  private final InitialPolicy initial;
  private final AuxiliaryPolicy text;
  private final RunListener listener;
  private final BooleanSupplier stopRequested;
  private final RunFolder folder;
  private final RunSettings settings;
  private final String id;
  private final long begin = System.nanoTime();
  private RunRecord record;
  private Totals totals = Totals.ZERO;
  private double wallBefore;
  private double watchingSeconds;
  private Optional<String> failing = Optional.empty();
  private final HealthMonitor health;
  private final EvaluationHistory evaluations = new EvaluationHistory();

  /** The step whose checkpoint stands; -1 before the first. */
  private int saved = -1;

  private RunSinks sinks = RunSinks.NONE;
  private Optional<Scores> after = Optional.empty();

  /** What a KL penalty goes by. */
  private Optional<ReferencePolicy> reference = Optional.empty();

  /**
   * @param text the auxiliary policy, if the run has one; closed with the run
   * @param record the run as it stands
   * @param stopRequested whether someone asked for a stop
   */
  RunExecution(
      PreparedRun run,
      InitialPolicy initial,
      AuxiliaryPolicy text,
      RunRecord record,
      RunListener listener,
      BooleanSupplier stopRequested) {
    this.run = run;
    this.initial = initial;
    this.text = text;
    this.record = record;
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.folder = run.folder();
    this.settings = run.own();
    this.id = record.id();
    this.health =
        HealthMonitor.of(
            run.settings().asMap(),
            run.parts().feedback().planner(),
            run.learning().objective().instance());
  }

  /**
   * Runs to the end or to a stop.
   *
   * @throws UserException when the run failed for a reason that a user can fix; the record says so
   *     too
   */
  void execute() {
    try (run;
        text) {
      CheckpointRecord checkpoint = folder.newestCheckpoint();
      int from = checkpoint == null ? 0 : checkpoint.step();
      if (checkpoint != null) {
        saved = from;
        totals = checkpoint.totals();
        wallBefore = totals.wallSeconds();
      }
      new PoolRollback(run, id).to(checkpoint);
      try (StepLogs logs = StepLogs.open(folder, checkpoint);
          RunSinks told = RunSinks.begin(run, record, from)) {
        sinks = told;
        trainAndTell(checkpoint, from, logs);
      }
    } catch (RuntimeException | Error e) { // a faulty component may throw either
      noteFailure(e);
      throw e;
    }
  }

  private void trainAndTell(@Nullable CheckpointRecord checkpoint, int from, StepLogs logs) {
    try {
      train(checkpoint, from, logs);
    } catch (CancellationException e) { // the process is to end and the step took too long
      note(RunState.STOPPED, record.step(), "stopped within a step");
    } catch (RuntimeException | Error e) {
      noteFailure(e);
      throw e;
    } finally {
      sinks.ended(record);
    }
  }

  /**
   * On a full disk not even this can be written; the failure that came first is the one that is
   * reported.
   */
  private void noteFailure(Throwable failure) {
    if (record.state() == RunState.FAILED) {
      return;
    }
    String why =
        failure instanceof UserException
            ? String.valueOf(failure.getMessage())
            : failure.toString();
    try {
      note(RunState.FAILED, record.step(), why);
    } catch (UserException e) {
      failure.addSuppressed(e);
    }
  }

  RunRecord record() {
    return record;
  }

  private void train(@Nullable CheckpointRecord checkpoint, int from, StepLogs logs) {
    Optional<Policy> opened =
        checkpoint == null ? begin() : Optional.of(initial.resume(checkpoint));
    if (opened.isEmpty()) {
      note(RunState.STOPPED, 0, "stopped during the cold start");
      return;
    }
    try (Policy policy = opened.get();
        ReferencePolicy renewable = ReferencePolicy.open(initial, run, policy, checkpoint)) {
      reference = Optional.ofNullable(renewable);
      run.parts().policy().useAuxiliary(text);
      RunEvaluations evaluator = new RunEvaluations(run, policy, listener, id);
      Scores before = folder.before();
      if (before == null) {
        Evaluation first = evaluator.inFull();
        before = Scores.of(first.scores());
        folder.writeBefore(before);
        sinks.evaluated(first.after(0));
      }
      int last;
      try (TrainingStep training =
          new TrainingStep(
              id,
              settings,
              run.parts(),
              policy,
              text,
              initial.demonstrations(policy.tokenizer()),
              renewable,
              run.lessons(),
              run.learning(),
              () -> reasonToStop().isPresent())) {
        if (checkpoint != null) {
          resume(training, checkpoint);
        }
        OptionalInt taken = takeSteps(training, evaluator, policy, from, logs);
        if (taken.isEmpty()) {
          return;
        }
        last = taken.getAsInt();
      }
      Evaluation end = evaluator.inFull();
      sinks.evaluated(end.after(last));
      Scores reached = Scores.of(end.scores());
      after = Optional.of(reached);
      checkpoint(policy, last, logs, Optional.empty());
      folder.writeResult(
          new Scores.Result(
              id,
              last,
              totals,
              before.byMode(),
              reached.byMode(),
              ProcessStatus.peakMemoryBytes(),
              folder.estimatedMemoryBytes()));
      note(
          RunState.FINISHED,
          last,
          last < settings.steps()
              ? "ended early: the evaluation after step %d was not bettered"
                  .formatted(evaluations.bestStep())
              : "");
    }
  }

  /** The last step; empty when someone asked for a stop. */
  private OptionalInt takeSteps(
      TrainingStep training, RunEvaluations evaluator, Policy policy, int from, StepLogs logs) {
    ProgressReporter pace = new ProgressReporter(listener, id, "training", from);
    folder.forEachStep(this::recall);
    for (int step = from + 1; step <= settings.steps(); step++) {
      if (evaluations.exhausted(settings.evaluation().patience())) {
        return OptionalInt.of(step - 1);
      }
      Optional<String> stop = reasonToStop();
      if (stop.isPresent()) {
        checkpoint(policy, step - 1, logs, training.pending());
        note(RunState.STOPPED, step - 1, stop.get());
        return OptionalInt.empty();
      }
      step(training, evaluator, policy, step, logs, pace);
      boolean best = settings.checkpointKeepBest() && step == evaluations.bestStep();
      if ((best || step % settings.checkpointEvery() == 0) && step < settings.steps()) {
        checkpoint(policy, step, logs, training.pending());
      }
      note(RunState.RUNNING, step, "");
    }
    return OptionalInt.of(settings.steps());
  }

  /** Recalls a step before a stop from its line. */
  private void recall(Map<?, ?> line) {
    health.add(line);
    if (line.get("step") instanceof Number step
        && line.get(EvaluationHistory.METRIC) instanceof Number score) {
      evaluations.add(step.intValue(), score.doubleValue());
    }
  }

  private void resume(TrainingStep training, CheckpointRecord checkpoint) {
    int step = checkpoint.step();
    if (settings.staleness() == 0 || step == 0 || step == settings.steps()) {
      return;
    }
    // a run that had ended there has sampled nothing ahead
    if (folder.checkpoints().leftStep(checkpoint) || !folder.endedWith(step)) {
      training.resume(folder.checkpoints().pendingStep(checkpoint.folder()));
    }
  }

  private Optional<Policy> begin() {
    Optional<InitialPolicy.Begun> begun =
        initial.begin(listener, id, () -> reasonToStop().isPresent());
    begun.ifPresent(
        b -> totals = totals.withColdStart(b.coldStartCpuSeconds(), b.coldStartGeneratedTokens()));
    return begun.map(InitialPolicy.Begun::policy);
  }

  private void step(
      TrainingStep training,
      RunEvaluations evaluator,
      Policy policy,
      int step,
      StepLogs logs,
      ProgressReporter pace) {
    double cpu = ProcessStatus.cpuSeconds();
    long from = System.nanoTime();
    StepOutcome outcome = run(training, policy, step, logs);
    double seconds = (System.nanoTime() - from) / 1e9;
    double used = ProcessStatus.cpuSeconds() - cpu;
    totals = totals.plusStep(outcome.generatedTokens(), outcome.promptTokens(), used);
    failing =
        outcome
            .failing()
            .map(
                of ->
                    "in step %d %s; fix the %s, or allow more"
                        .formatted(step, of.what(), title(of.component())));

    Map<String, Object> line = new LinkedHashMap<>(outcome.metrics());
    line.put("generatedTokens", totals.generatedTokens());
    line.put("promptTokens", totals.promptTokens());
    Divergence.refuse(line, step);
    Optional<Evaluation> between =
        evaluator.dueAfter(step) ? Optional.of(evaluator.between()) : Optional.empty();
    if (between.isPresent()) {
      Score score = between.get().scores().get(EvaluationMode.ZERO_SHOT);
      if (score != null) {
        line.put(EvaluationHistory.METRIC, score.mean());
        line.put(EvaluationHistory.METRIC + ".se", score.se());
        evaluations.add(step, score.mean());
        line.put("bestStep", evaluations.bestStep());
      }
    }
    List<Finding> found = health.addTo(line);
    Map<String, Object> timing = new LinkedHashMap<>(outcome.seconds());
    timing.put("cpuSeconds", totals.cpuSeconds());
    timing.put("wallSeconds", wallSeconds());
    timing.put("stepSeconds", seconds);
    timing.put("tokensPerSecond", outcome.generatedTokens() / seconds);
    timing.put("watching", watchingSeconds);
    timing.put("at", System.currentTimeMillis() / 1e3);
    timing.put("residentBytes", ProcessStatus.residentBytes());
    timing.put("peakBytes", ProcessStatus.peakMemoryBytes());
    timing.put("heapBytes", Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    line.put("timing", timing);
    long written = System.nanoTime();
    logs.append(outcome, line);
    sinks.step(line);
    between.ifPresent(of -> sinks.evaluated(of.after(step)));
    found.forEach(listener::found);
    pace.done(
        step, settings.steps(), ProgressFigures.of(line, outcome.generatedTokens() / seconds));
    watchingSeconds = (System.nanoTime() - written) / 1e9;
    reference.ifPresent(of -> of.afterStep(step, policy));
  }

  /**
   * A failure says in which step it happened. What was learned until then is kept, unless the step
   * has changed something already.
   */
  private StepOutcome run(TrainingStep training, Policy policy, int step, StepLogs logs) {
    long version = policy.version();
    PoolStats remembered = run.parts().pool().stats();
    try {
      return training.run(step);
    } catch (UserException e) {
      UserException told =
          new UserException("in step %d: %s".formatted(step, e.getMessage()), e.nextStep(), e);
      boolean unchanged =
          settings.staleness() == 0
              && policy.version() == version
              && remembered.equals(run.parts().pool().stats());
      if (unchanged) {
        try {
          checkpoint(policy, step - 1, logs, Optional.empty());
        } catch (UserException full) { // the failure that came first is the one that is reported
          told.addSuppressed(full);
        }
      }
      throw told;
    }
  }

  /**
   * Once a step: to write the same checkpoint again, a kill in between would make it one that does
   * not fit its record.
   */
  private void checkpoint(Policy policy, int step, StepLogs logs, Optional<PendingStep> pending) {
    totals = totals.withWall(wallSeconds());
    if (step == saved) {
      return;
    }
    Checkpoints checkpoints = folder.checkpoints();
    CheckpointRecord made = logs.checkpoint(step, totals, PoolCount.of(run.parts().pool(), id));
    if (initial.learns()) {
      policy.save(checkpoints.folder(made.folder()));
      new ModelCard(
              record,
              step,
              folder.componentsInWords(),
              evaluations.scores(folder.before(), after.orElse(null)))
          .write(checkpoints.folder(made.folder()));
    } else {
      checkpoints.make(made);
    }
    reference.ifPresent(of -> of.keep(checkpoints.folder(made.folder())));
    pending.ifPresent(collected -> checkpoints.writePendingStep(made.folder(), collected));
    int best = settings.checkpointKeepBest() ? evaluations.bestStep() : 0;
    checkpoints.commit(made, settings.checkpointKeep(), best);
    saved = step;
  }

  /** With name and bundle. */
  private String title(String component) {
    return run.components().all().stream()
        .filter(pin -> pin.kind().title().equals(component))
        .map(PinnedComponent::title)
        .findFirst()
        .orElse(component);
  }

  private Optional<String> reasonToStop() {
    return stopRequested.getAsBoolean() || folder.askedToStop()
        ? Optional.of("stopped on request")
        : run.components().lost().or(() -> failing);
  }

  private void note(RunState state, int step, String message) {
    RunRecord noted = record.at(state, step, message);
    record = health.asOf(state).map(noted::with).orElse(noted);
    folder.write(record);
  }

  private double wallSeconds() {
    return wallBefore + (System.nanoTime() - begin) / 1e9;
  }
}
