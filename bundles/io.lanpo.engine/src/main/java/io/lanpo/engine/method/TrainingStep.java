package io.lanpo.engine.method;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.engine.config.RunSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of Language-And-Numerical Policy Optimization (arXiv 2510.16552): language guides
 * exploration, numbers drive optimization. {@link #run} reads top to bottom: collect, learn,
 * distil, remember.
 *
 * <p>What differs from the paper: a group may mix plain, reflecting and abstracting completions
 * under one baseline ({@code feedback.plan}); context distillation and replay are added as named
 * options; the weight of negative advantages stands in for a treatment the paper does not spell
 * out; with {@code staleness = 1} the next step is collected beside the update of this one.
 */
public final class TrainingStep implements AutoCloseable {
  private final String run;
  private final RunSettings settings;
  private final MethodComponents parts;
  private final Policy policy;
  private final TextPolicy text;
  private final Guard strategies = new Guard();
  private final ExecutorService verification;
  private final Collector collector;
  private final Judge judge;
  private final UpdateBuilder updates;
  private final Distiller distiller;
  private @Nullable Collected next;

  /**
   * @param run the run's id, part of the ids of what it remembers
   * @param policy the policy under training
   * @param text distils in its place, if the run has a second policy for that
   * @param demonstrations for replay; null when there are none
   * @param reference the policy of the KL term; null without one
   * @param lessons chooses lessons from the run's pool
   */
  public TrainingStep(
      String run,
      RunSettings settings,
      MethodComponents parts,
      Policy policy,
      TextPolicy text,
      @Nullable Demonstrations demonstrations,
      @Nullable Policy reference,
      LessonSelector lessons) {
    this.run = run;
    this.settings = settings;
    this.parts = parts;
    this.policy = policy;
    this.text = text;
    Randomness randomness = new Randomness(settings.seed());
    this.verification =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), Beside.daemons("lanpo-verification"));
    this.collector = new Collector(settings, parts, lessons, randomness, verification);
    this.judge = new Judge(parts.verifier());
    this.updates =
        new UpdateBuilder(
            settings,
            parts.task(),
            policy.tokenizer(),
            randomness,
            demonstrations,
            reference,
            settings.corrects()
                ? new ImportanceCorrection(
                    policy,
                    settings.sampling().answer().temperature(),
                    settings.loss().importanceCap())
                : null);
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
      List<UpdateReport> reports,
      ImportanceCorrection.@Nullable Figures correction,
      double seconds) {}

  /**
   * Takes a step.
   *
   * @param step its number, from 1; one more than that of the step before
   */
  public StepOutcome run(int step) {
    Collected ready = next;
    next = null;
    Collected collected = ready == null ? collector.collect(step, policy) : ready;
    return settings.staleness() == 0 ? byTurns(collected) : overlapping(collected);
  }

  private StepOutcome byTurns(Collected collected) {
    Learned learned = learn(collected);
    Generator generator = new Generator(policy);
    Stopwatch watch = new Stopwatch();
    List<StoredLesson> distilled = distil(collected, generator, watch);
    return outcome(collected, learned, distilled, generator, watch);
  }

  /**
   * Learns from a step, and beside it distils with the weights from before and collects the next
   * step. A policy that cannot sample while it learns does the same one after the other, with the
   * same result.
   */
  private StepOutcome overlapping(Collected collected) {
    Optional<Sampler> frozen = policy.sampler();
    Sampler sampler = frozen.orElse(policy);
    int following = collected.step() + 1;
    Generator generator = new Generator(sampler);
    Stopwatch watch = new Stopwatch();
    try (Beside beside = new Beside()) {
      Supplier<Learned> learning = () -> learn(collected);
      Supplier<Collected> rest = () -> collector.collect(following, sampler);
      boolean last = collected.step() == settings.steps();
      if (frozen.isPresent()) {
        learning = beside.start(learning);
        rest = last ? rest : collector.begin(following, sampler, beside);
      }
      List<StoredLesson> distilled = distil(collected, generator, watch);
      next = last ? null : rest.get();
      watch.restart();
      Learned learned = learning.get();
      watch.lap(frozen.isPresent() ? "waiting" : "update");
      return outcome(collected, learned, distilled, generator, watch);
    }
  }

  private Learned learn(Collected collected) {
    long from = System.nanoTime();
    long staleness = policy.version() - collected.policyVersion();
    List<UpdateReport> reports = new ArrayList<>();
    UpdateBuilder.Updates built = updates.build(collected.step(), collected.groups());
    for (List<LossTerm> terms : built.terms()) {
      reports.add(policy.update(terms, settings.optimizer()));
    }
    return new Learned(staleness, reports, built.correction(), (System.nanoTime() - from) / 1e9);
  }

  /** Has lessons distilled and remembers the step. */
  private List<StoredLesson> distil(Collected collected, Generator generator, Stopwatch watch) {
    List<StoredLesson> distilled =
        distiller.distil(run, collected.step(), collected.groups(), text.distilling(generator));
    watch.lap("distilling");
    remember(collected, distilled);
    watch.lap("pool");
    return distilled;
  }

  private StepOutcome outcome(
      Collected collected,
      Learned learned,
      List<StoredLesson> distilled,
      Generator generator,
      Stopwatch watch) {
    int step = collected.step();
    List<Group> groups = collected.groups();
    Collected.Figures figures = collected.figures();
    StepMetrics metrics = new StepMetrics(step);
    metrics.groups(groups, judge::accepts);
    metrics.put("generated.lessons", generator.generatedTokens());
    metrics.put("generated.judging", figures.generatedTokens() - metrics.answerTokens());
    metrics.lessonUse(groups, parts.pool()::use);
    metrics.updates(learned.reports());
    if (settings.staleness() > 0) {
      metrics.put("staleness", learned.staleness());
    }
    if (learned.correction() != null) {
      metrics.correction(learned.correction());
    }
    CallFailures failures = figures.strategies().and(strategies.take());
    metrics.put("lessonsDistilled", distilled.size());
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
        RolloutLog.lines(step, collected.policyVersion(), groups),
        RolloutLog.lessons(distilled, text.author()),
        figures.generatedTokens() + generator.generatedTokens(),
        figures.promptTokens() + generator.promptTokens(),
        failures.and(figures.verifier()).and(judge.take()).beyond(settings.mostFailures()));
  }

  private void remember(Collected collected, List<StoredLesson> distilled) {
    List<Experience> trials = new ArrayList<>();
    List<Group> groups = collected.groups();
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      for (int i = 0; i < group.rollouts().size(); i++) {
        Rollout rollout = group.rollouts().get(i);
        trials.add(
            new Experience(
                RolloutLine.id(run, collected.step(), g, i),
                run,
                collected.step(),
                collected.policyVersion(),
                group.problem().question(),
                rollout.posed().mode(),
                rollout.posed().lessons().stream().map(Lesson::id).toList(),
                rollout.solution().orElse(""),
                rollout.completion().finished(),
                RolloutLog.outcome(rollout, group.meanReward())));
      }
    }
    parts.pool().add(trials);
    parts.pool().addLessons(distilled);
  }

  /** The step that is collected and not yet learned from, for a checkpoint. */
  public Optional<PendingStep> pending() {
    return Optional.ofNullable(next).map(PendingStep::of);
  }

  /** Goes on with a step that was collected before a stop. */
  public void takeUp(PendingStep pending) {
    next = collector.restore(pending, policy.tokenizer());
  }

  @Override
  public void close() {
    verification.shutdownNow();
  }
}
