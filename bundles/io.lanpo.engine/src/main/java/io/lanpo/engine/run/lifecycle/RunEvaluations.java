package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.policy.Policy;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunListener;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.evaluate.Evaluation;
import io.lanpo.engine.evaluate.Evaluator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.run.progress.ProgressReporter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Evaluates the policy of a run on its way. */
final class RunEvaluations {
  private final Evaluator evaluator;
  private final Policy policy;
  private final RunSettings settings;
  private final RunListener listener;
  private final String id;

  /**
   * @param id the run's id
   */
  RunEvaluations(PreparedRun run, Policy policy, RunListener listener, String id) {
    this.settings = run.own();
    this.evaluator =
        new Evaluator(
            run.parts(), settings.sampling(), run.lessons(), settings.metrics().samples());
    this.policy = policy;
    this.listener = listener;
    this.id = id;
  }

  /** Before the first step and after the last, in all modes. */
  Evaluation inFull() {
    List<EvaluationMode> modes = EvaluationMode.ofRuns();
    ProgressReporter pace = new ProgressReporter(listener, id, "evaluated modes", 0);
    pace.done(0, modes.size(), Map.of());
    AtomicInteger over = new AtomicInteger();
    return evaluate(
        modes,
        settings.evaluation().finalProblems(),
        () -> pace.done(over.incrementAndGet(), modes.size(), Map.of()));
  }

  /** Whether there is one after a step. */
  boolean dueAfter(int step) {
    int every = settings.evaluation().every();
    return every > 0 && step % every == 0;
  }

  /** Between steps. */
  Evaluation between() {
    return evaluate(List.of(EvaluationMode.ZERO_SHOT), settings.evaluation().problems(), () -> {});
  }

  private Evaluation evaluate(List<EvaluationMode> modes, int problems, Runnable done) {
    return evaluator.evaluate(
        policy,
        modes,
        problems,
        settings.evaluation().samples(),
        new Randomness(settings.seed()),
        done);
  }
}
