package io.lanpo.engine.run.policy;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.train.RunListener;
import io.lanpo.engine.coldstart.ColdStart;
import io.lanpo.engine.coldstart.RejectionSampling;
import io.lanpo.engine.coldstart.RejectionSamplingResult;
import io.lanpo.engine.coldstart.SampledDemonstrations;
import io.lanpo.engine.coldstart.SupervisedTraining;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.RejectionSamplingSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.run.progress.ProcessStatus;
import io.lanpo.engine.run.progress.ProgressReporter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes cold starts and puts them into the cache. */
final class ColdStartRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ColdStartRunner.class);
  private static final String PHASE = "cold start";

  private final PreparedRun run;
  private final TokenizerService tokenizers;
  private final ColdStartCache cache;
  private final ColdStartSettings settings;
  private final Randomness randomness;

  ColdStartRunner(PreparedRun run, TokenizerService tokenizers, ColdStartCache cache) {
    this.run = run;
    this.tokenizers = tokenizers;
    this.cache = cache;
    this.settings = run.own().coldStart();
    this.randomness = new Randomness(run.own().seed());
  }

  /** Random weights learn from the task's demonstrations; empty when it was stopped. */
  Optional<ColdStartCache.Entry> fromDemonstrations(
      String key, RunListener listener, String id, BooleanSupplier stop) {
    double before = ProcessStatus.cpuSeconds();
    Curriculum curriculum = curriculum();
    ColdStart coldStart = new ColdStart(settings, curriculum, randomness);
    try (Policy policy =
        run.components()
            .policy()
            .create(
                run.settingsOf(ComponentKind.POLICY), newTokenizer(), randomness.seed("weights"))) {
      ColdStart.Outcome outcome = coldStart.train(policy, watcher(listener, id, stop));
      if (!outcome.completed()) {
        return Optional.empty();
      }
      LOG.info("cold start {}: {} steps, exams {}", key, outcome.steps(), outcome.exams());
      if (!outcome.passed()) {
        UserException refusal = coldStart.refusal(outcome);
        if (settings.gate() == ColdStartSettings.Gate.REFUSE) {
          throw refusal;
        }
        LOG.warn("{}", refusal.getMessage());
      }
      ColdStartCache.Entry entry =
          new ColdStartCache.Entry(
              outcome.steps(), outcome.exams(), Map.of(), 0, ProcessStatus.cpuSeconds() - before);
      cache.put(key, policy, entry, List.of());
      return Optional.of(entry);
    }
  }

  /**
   * A pretrained policy learns from those of its own answers that are right; empty when it was
   * stopped.
   *
   * @param opened the policy; closed here
   */
  Optional<ColdStartCache.Entry> fromOwnAnswers(
      String key, Policy opened, RunListener listener, String id, BooleanSupplier stop) {
    double before = ProcessStatus.cpuSeconds();
    try (Policy policy = opened) {
      Optional<RejectionSamplingResult> sampled = sample(policy, listener, id, stop);
      if (sampled.isEmpty()) {
        return Optional.empty();
      }
      RejectionSamplingResult harvest = sampled.get();
      LOG.info("cold start {}: own answers {}", key, words(harvest));
      if (harvest.kept().size() < settings.own().leastKept()) {
        throw tooFew(harvest);
      }
      policy.resetOptimizer();
      SupervisedTraining training =
          new SupervisedTraining(settings, new SampledDemonstrations(harvest.kept()), randomness);
      if (!training.train(policy, watcher(listener, id, stop))) {
        return Optional.empty();
      }
      ColdStartCache.Entry entry =
          new ColdStartCache.Entry(
              settings.steps(),
              Map.of(),
              harvest.tallies(),
              harvest.generatedTokens(),
              ProcessStatus.cpuSeconds() - before);
      cache.put(key, policy, entry, harvest.kept());
      return Optional.of(entry);
    }
  }

  /** The tokenizer of a policy with random weights. */
  Tokenizer newTokenizer() {
    return tokenizers.ofWords(curriculum().vocabulary());
  }

  /** The task's demonstrations. */
  Curriculum curriculum() {
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

  private Optional<RejectionSamplingResult> sample(
      Policy policy, RunListener listener, String id, BooleanSupplier stop) {
    Map<String, ProgressReporter> paces = new LinkedHashMap<>();
    int atOnce = run.own().problems() * run.own().groupSize();
    SamplingSettings sampling = run.own().sampling().at(settings.own().temperature());
    return new RejectionSampling(settings.own(), sampling, run.fewShot(), atOnce, randomness)
        .sample(
            policy,
            (phase, done, total, soFar) -> {
              Map<String, Double> figures = new LinkedHashMap<>();
              soFar.tallies().forEach((kind, tally) -> figures.put(kind, tally.share()));
              figures.put("kept", (double) soFar.kept().size());
              paces
                  .computeIfAbsent(
                      phase, p -> new ProgressReporter(listener, id, PHASE + ", own " + p, 0))
                  .done(done, total, figures);
              return !stop.getAsBoolean();
            });
  }

  private static SupervisedTraining.Watcher watcher(
      RunListener listener, String id, BooleanSupplier stop) {
    ProgressReporter pace = new ProgressReporter(listener, id, PHASE, 0);
    return (step, total, loss) -> {
      pace.done(step, total, Map.of("loss", loss));
      return !stop.getAsBoolean();
    };
  }

  private UserException tooFew(RejectionSamplingResult harvest) {
    RejectionSamplingSettings own = settings.own();
    return new UserException(
        "the model gives %d right demonstrations of its own, fewer than coldstart.least-kept = %d: %s"
            .formatted(harvest.kept().size(), own.leastKept(), words(harvest)),
        "Look at how it answers: fix task.prompt and the wording of the strategies, lower"
            + " sampling.temperature, or raise sampling.max-tokens if answers are cut; raise"
            + " coldstart.problems or coldstart.samples; or lower coldstart.least-kept.");
  }

  private static String words(RejectionSamplingResult harvest) {
    return harvest.tallies().entrySet().stream()
        .map(
            e ->
                "%s %d right of %d, %d kept"
                    .formatted(
                        e.getKey(),
                        e.getValue().right(),
                        e.getValue().sampled(),
                        e.getValue().kept()))
        .collect(Collectors.joining("; "));
  }
}
