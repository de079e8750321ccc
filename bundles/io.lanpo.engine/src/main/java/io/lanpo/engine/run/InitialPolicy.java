package io.lanpo.engine.run;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.train.RunListener;
import io.lanpo.engine.coldstart.ColdStart;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.method.Randomness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy a run begins with: a given checkpoint, or random weights and a cold start, which is
 * cached.
 */
final class InitialPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(InitialPolicy.class);

  private final PreparedRun run;
  private final TokenizerService tokenizers;
  private final ColdStartCache cache;
  private final String key;

  InitialPolicy(PreparedRun run, TokenizerService tokenizers, ColdStartCache cache) {
    this.run = run;
    this.tokenizers = tokenizers;
    this.cache = cache;
    this.key = run.own().model().isEmpty() ? cache.key(run.settings(), run.components()) : "";
  }

  /**
   * An opened policy, ready for reinforcement learning.
   *
   * @param coldStartCpuSeconds processor seconds spent on a cold start here and now; 0 when it came
   *     from the cache
   */
  record Begun(Policy policy, double coldStartCpuSeconds) {}

  /** Key of the cold start in the cache; empty without one. */
  String coldStartKey() {
    return key;
  }

  /** Refuses a run that has nothing to begin with, before anything is written. */
  void check() {
    String given = run.own().model();
    if (!given.isEmpty() && !Files.isDirectory(Path.of(given))) {
      throw new UserException(
          "model = %s is not a folder".formatted(Path.of(given).toAbsolutePath()),
          "Name the folder of a checkpoint, or leave model empty for random weights and a cold"
              + " start.");
    }
    if (given.isEmpty()) {
      curriculum();
    }
  }

  /** Makes the policy; empty when a stop was asked for during the cold start. */
  Optional<Begun> begin(RunListener listener, String id, BooleanSupplier stop) {
    double spent = 0;
    if (!key.isEmpty() && cache.entry(key) == null) {
      double before = Machine.cpuSeconds();
      if (!coldStart(listener, id, stop, before)) {
        return Optional.empty();
      }
      spent = Machine.cpuSeconds() - before;
    }
    return Optional.of(new Begun(open(), spent));
  }

  /** The initial policy as it was before the first step. */
  Policy open() {
    String given = run.own().model();
    Policy policy = openTraining(given.isEmpty() ? cache.policy(key) : Path.of(given));
    policy.resetOptimizer();
    return policy;
  }

  /** A policy in the middle of training, optimiser state included. */
  Policy openTraining(Path folder) {
    return run.components().policy().open(folder, run.settingsOf(ComponentKind.POLICY));
  }

  private boolean coldStart(RunListener listener, String id, BooleanSupplier stop, double before) {
    ColdStartSettings settings = run.own().coldStart();
    Randomness randomness = new Randomness(run.own().seed());
    Curriculum curriculum = curriculum();
    ColdStart coldStart = new ColdStart(settings, curriculum, randomness);
    try (Policy policy =
        run.components()
            .policy()
            .create(
                run.settingsOf(ComponentKind.POLICY),
                tokenizers.ofWords(curriculum.vocabulary()),
                randomness.seed("weights"))) {
      Pace pace = new Pace(listener, id, "cold start", 0);
      ColdStart.Outcome outcome =
          coldStart.train(
              policy,
              (step, total, loss) -> {
                pace.done(step, total, Map.of("loss", loss));
                return !stop.getAsBoolean();
              });
      if (!outcome.completed()) {
        return false;
      }
      LOG.info("cold start {}: {} steps, exams {}", key, outcome.steps(), outcome.exams());
      if (!outcome.passed()) {
        UserException refusal = coldStart.refusal(outcome);
        if (settings.gate() == ColdStartSettings.Gate.REFUSE) {
          throw refusal;
        }
        LOG.warn("{}", refusal.getMessage());
      }
      cache.put(
          key,
          policy,
          new ColdStartCache.Entry(
              outcome.steps(), outcome.exams(), Machine.cpuSeconds() - before));
    }
    return true;
  }

  private Curriculum curriculum() {
    return run.parts()
        .task()
        .curriculum()
        .orElseThrow(
            () ->
                new UserException(
                    "the task %s has no demonstrations for a cold start"
                        .formatted(run.components().pin(ComponentKind.TASK).name()),
                    "Set model to the checkpoint folder of a pretrained policy."));
  }
}
