package io.lanpo.engine.step;

import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.engine.call.CallCounts;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.generate.AuxiliaryPolicy;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.Distiller;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.engine.rollout.Background;
import io.lanpo.engine.rollout.Collector;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.PendingStep;
import io.lanpo.engine.rollout.StepRollouts;
import io.lanpo.engine.rollout.Stopwatch;
import io.lanpo.engine.update.AttendedCalls;
import io.lanpo.engine.update.Demonstrations;
import io.lanpo.engine.update.LearningComponents;
import io.lanpo.engine.update.LearningRates;
import io.lanpo.engine.update.RunMeans;
import io.lanpo.engine.update.StepLearning;
import io.lanpo.libs.threads.DaemonThreads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of Language-And-Numerical Policy Optimization (arXiv 2510.16552): language guides
 * exploration, numbers drive optimization. {@link #run} reads top to bottom: collect (plan,
 * compose, sample, judge), learn, distil, remember. Each is what a component says: planner,
 * selectors and strategies, policy, verifier, objective and schedule, abstraction, pool.
 *
 * <p>What differs from the paper: a group may mix plain, reflecting and abstracting completions
 * under one baseline ({@code planner}); context distillation and replay are added as named options;
 * the weight of negative advantages stands in for a treatment the paper does not spell out; with
 * {@code staleness = 1} the next step is collected beside the update of this one.
 */
public final class TrainingStep implements AutoCloseable {
  private final String run;
  private final RunSettings settings;
  private final MethodComponents parts;
  private final Policy policy;
  private final AuxiliaryPolicy text;
  private final ComponentCalls strategies = new ComponentCalls();
  private final VerifierCalls answers;
  private final ExecutorService verification;
  private final Collector collector;
  private final StepLearning learning;
  private final LearningRates rates;
  private final Distiller distiller;
  private @Nullable StepRollouts next;

  /**
   * @param run the run's id, part of the ids of what it remembers
   * @param policy the policy under training
   * @param text distils in its place, if the run has an auxiliary policy for that
   * @param demonstrations for replay; null when there are none
   * @param reference the policy before the first step; null unless the objective needs it
   * @param lessons the relevant ones of the run's pool
   * @param learning what decides on learning
   * @param stop whether the run is to stop, for calls that do not return
   */
  public TrainingStep(
      String run,
      RunSettings settings,
      MethodComponents parts,
      Policy policy,
      AuxiliaryPolicy text,
      @Nullable Demonstrations demonstrations,
      @Nullable Scorer reference,
      RelevantLessons lessons,
      LearningComponents learning,
      BooleanSupplier stop) {
    this.run = run;
    this.settings = settings;
    this.parts = parts;
    this.policy = policy;
    this.text = text;
    this.answers = new VerifierCalls(parts.verifier());
    Randomness randomness = new Randomness(settings.seed());
    this.verification =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), DaemonThreads.named("lanpo-verification"));
    this.learning =
        new StepLearning(
            learning.objective(),
            parts.task(),
            new RunMeans(
                policy,
                reference,
                demonstrations,
                settings.sampling().answer().temperature(),
                settings.staleness() > 0 || policy.rollouts() != policy,
                randomness),
            new AttendedCalls(stop));
    this.collector =
        new Collector(
            settings, parts, lessons, this.learning::advantages, randomness, verification);
    this.rates = learning.rates();
    this.distiller =
        new Distiller(
            parts.abstraction(),
            settings.distill(),
            settings.sampling().lesson(),
            randomness,
            strategies);
  }

  /** What was learned from a step's completions. */
  private record Learned(
      long staleness,
      double learningRate,
      List<UpdateReport> reports,
      Map<String, Number> figures,
      double seconds) {}

  /** What is kept of a step: in the pool, and in the logs of the run. */
  private record Remembered(List<RolloutLine> rollouts, List<StoredLesson> lessons) {}

  /**
   * Takes a step.
   *
   * @param step its number, from 1; one more than that of the step before
   */
  public StepOutcome run(int step) {
    StepRollouts ready = next;
    next = null;
    StepRollouts collected = ready == null ? collector.collect(step, policy.rollouts()) : ready;
    return settings.staleness() == 0 ? byTurns(collected) : overlapping(collected);
  }

  private StepOutcome byTurns(StepRollouts collected) {
    Learned learned = learn(collected);
    Generator generator = new Generator(policy.rollouts());
    Stopwatch watch = new Stopwatch();
    Remembered remembered = distil(collected, generator, watch);
    return outcome(collected, learned, remembered, generator, watch);
  }

  /**
   * Learns from a step, and beside it distils with the weights from before and collects the next
   * step. A policy that cannot sample while it learns does the same one after the other, with the
   * same result, up to rounding where completions are batched otherwise.
   */
  private StepOutcome overlapping(StepRollouts collected) {
    Optional<Sampler> frozen = policy.sampler();
    Sampler sampler = frozen.orElseGet(policy::rollouts);
    int following = collected.step() + 1;
    Generator generator = new Generator(sampler);
    Stopwatch watch = new Stopwatch();
    try (Background background = new Background()) {
      Supplier<Learned> learning = () -> learn(collected);
      Supplier<StepRollouts> rest = () -> collector.collect(following, sampler);
      boolean last = collected.step() == settings.steps();
      if (frozen.isPresent()) {
        learning = background.start(learning);
        rest = last ? rest : collector.begin(following, sampler, background);
      }
      Remembered remembered = distil(collected, generator, watch);
      next = last ? null : rest.get();
      watch.restart();
      Learned learned = learning.get();
      watch.lap(frozen.isPresent() ? "waiting" : "update");
      return outcome(collected, learned, remembered, generator, watch);
    }
  }

  private Learned learn(StepRollouts collected) {
    long from = System.nanoTime();
    long staleness = policy.version() - collected.policyVersion();
    List<UpdateReport> reports = new ArrayList<>();
    Updates updates = learning.updates(collected.step(), collected.groups());
    AdamW optimizer = rates.optimizer(collected.step());
    for (List<LossTerm> terms : updates.terms()) {
      reports.add(policy.update(terms, optimizer));
    }
    return new Learned(
        staleness,
        optimizer.learningRate(),
        reports,
        updates.figures(),
        (System.nanoTime() - from) / 1e9);
  }

  /** Has lessons distilled and remembers the step. */
  private Remembered distil(StepRollouts collected, Generator generator, Stopwatch watch) {
    List<StoredLesson> distilled =
        distiller.distil(run, collected.step(), attempts(collected), text.distilling(generator));
    watch.lap("distilling");
    List<RolloutLine> lines = RolloutLine.of(collected, policy.tokenizer(), settings.logTokens());
    parts.pool().add(lines.stream().map(line -> line.experience(run)).toList());
    parts.pool().addLessons(distilled);
    watch.lap("pool");
    return new Remembered(lines, distilled);
  }

  private static List<List<JudgedAttempt>> attempts(StepRollouts collected) {
    return collected.groups().stream().map(Group::judgedAttempts).toList();
  }

  private StepOutcome outcome(
      StepRollouts collected,
      Learned learned,
      Remembered remembered,
      Generator generator,
      Stopwatch watch) {
    int step = collected.step();
    List<Group> groups = collected.groups();
    StepRollouts.Figures figures = collected.figures();
    StepMetrics metrics = new StepMetrics(step);
    metrics.groups(groups);
    FoundAnswers.of(groups, answers).figures().forEach(metrics::put);
    metrics.put("generated.lessons", generator.generatedTokens());
    if (settings.mostRefillRounds() > 0) {
      metrics.refilled(groups, settings.problems());
    }
    metrics.attempts(figures.attempts());
    metrics.condensed(figures.condensed());
    metrics.put(
        "generated.judging",
        figures.generatedTokens()
            - figures.attempts().tokens()
            - figures.condensed().tokens()
            - metrics.answerTokens());
    metrics.lessonUse(groups, parts.pool()::use);
    metrics.put("learningRate", learned.learningRate());
    metrics.updates(learned.reports());
    if (settings.staleness() > 0) {
      metrics.put("staleness", learned.staleness());
    }
    // an objective that corrects for stale weights knows better how far they are from those that
    // learn
    learned.figures().forEach(metrics::put);
    CallCounts failures = figures.strategies().and(strategies.take());
    metrics.put("lessonsDistilled", remembered.lessons().size());
    metrics.put("lessonsWithheld", figures.lessonsWithheld());
    metrics.similarity(figures.similarity());
    metrics.put("strategyFailures", failures.total());
    metrics.pool(parts.pool().stats());
    Map<String, Double> seconds = new LinkedHashMap<>(collected.seconds());
    seconds.put("update", learned.seconds());
    watch.seconds().forEach(seconds::putIfAbsent);
    return new StepOutcome(
        metrics.figures(),
        seconds,
        remembered.rollouts(),
        remembered.lessons().stream().map(lesson -> LessonLine.of(lesson, text.author())).toList(),
        figures.generatedTokens() + generator.generatedTokens(),
        figures.promptTokens() + generator.promptTokens(),
        failures.and(figures.verifier()).beyond(settings.mostFailures()));
  }

  /** The step that is collected and not yet learned from, for a checkpoint. */
  public Optional<PendingStep> pending() {
    return Optional.ofNullable(next).map(PendingStep::of);
  }

  /** Continues with a step that was collected before a stop. */
  public void resume(PendingStep pending) {
    next = collector.restore(pending, policy.tokenizer());
  }

  @Override
  public void close() {
    verification.shutdownNow();
  }
}
