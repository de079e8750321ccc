package io.lanpo.engine.method;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.engine.config.RunSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of Language-And-Numerical Policy Optimization (arXiv 2510.16552): language guides
 * exploration, numbers drive optimization. {@link #run} reads top to bottom.
 *
 * <p>What differs from the paper: a group may mix plain, reflecting and abstracting completions
 * under one baseline ({@code feedback.plan}); context distillation and replay are added as named
 * options; the weight of negative advantages stands in for a treatment the paper does not spell
 * out.
 */
public final class TrainingStep {
  private final String run;
  private final RunSettings settings;
  private final MethodComponents parts;
  private final Policy policy;
  private final TextPolicy text;
  private final Randomness randomness;
  private final Guard strategies = new Guard();
  private final ProblemOrder order;
  private final Planner planner;
  private final Composer composer;
  private final AttemptSource attempts;
  private final LessonSelector lessons;
  private final Judge judge;
  private final UpdateBuilder updates;
  private final Distiller distiller;

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
    this.lessons = lessons;
    this.randomness = new Randomness(settings.seed());
    this.order = new ProblemOrder(parts.task().training(), randomness);
    this.planner = new Planner(settings.feedback(), randomness);
    this.composer = new Composer(parts.task(), parts.reflection(), parts.abstraction(), strategies);
    this.attempts = new AttemptSource(parts.pool(), settings.feedback());
    this.judge = new Judge(parts.verifier());
    this.updates =
        new UpdateBuilder(
            settings, parts.task(), policy.tokenizer(), randomness, demonstrations, reference);
    this.distiller =
        new Distiller(
            parts.abstraction(),
            settings.distill(),
            settings.sampling().lesson(),
            randomness,
            strategies);
  }

  /**
   * Takes a step.
   *
   * @param step its number, from 1
   */
  public StepOutcome run(int step) {
    Stopwatch watch = new Stopwatch();
    Generator generator = new Generator(policy);
    parts.policy().lend(generator);
    StepMetrics metrics = new StepMetrics(step);

    List<Problem> problems = order.draw(step, settings.problems());
    List<List<FeedbackMode>> plan = planner.plan(step, problems.size(), settings.groupSize());
    lessons.refresh();
    // of an evaluation
    lessons.takeWithheld();
    parts.scorer().takeFigures();
    watch.lap("retrieval");

    RolloutBatch batch = new RolloutBatch(problems, plan);
    generate(
        step, batch, EnumSet.of(FeedbackMode.SCRATCH, FeedbackMode.ABSTRACT), generator, watch);
    generate(step, batch, EnumSet.of(FeedbackMode.REFLECT), generator, watch);
    List<Group> groups = batch.groups(settings.loss());
    watch.lap("verification");

    long version = policy.version();
    List<UpdateReport> reports = new ArrayList<>();
    for (List<LossTerm> terms : updates.build(step, groups)) {
      reports.add(policy.update(terms, settings.optimizer()));
    }
    watch.lap("update");

    metrics.groups(groups, judge::accepts);
    long answered = generator.generatedTokens();
    List<StoredLesson> distilled = distiller.distil(run, step, groups, text.distilling(generator));
    metrics.put("generated.lessons", generator.generatedTokens() - answered);
    metrics.put("generated.judging", answered - metrics.answerTokens());
    watch.lap("distilling");
    remember(step, version, groups, distilled);
    watch.lap("pool");

    metrics.lessonUse(groups, parts.pool()::use);
    metrics.updates(reports);
    metrics.put("lessonsDistilled", distilled.size());
    metrics.put("lessonsWithheld", lessons.takeWithheld());
    metrics.similarity(parts.scorer().takeFigures());
    CallFailures failures = strategies.take();
    metrics.put("strategyFailures", failures.total());
    metrics.pool(parts.pool().stats());
    return new StepOutcome(
        metrics.figures(),
        watch.seconds(),
        RolloutLog.lines(step, version, groups),
        RolloutLog.lessons(distilled, text.author()),
        generator.generatedTokens(),
        generator.promptTokens(),
        failures.and(judge.take()).beyond(settings.mostFailures()));
  }

  /** Composes, generates and verifies the completions that are planned for some modes. */
  private void generate(
      int step, RolloutBatch batch, Set<FeedbackMode> modes, Generator generator, Stopwatch watch) {
    List<RolloutBatch.Slot> slots = batch.slots(modes);
    List<Posed> posed = new ArrayList<>();
    List<Generator.Ask> asks = new ArrayList<>();
    for (RolloutBatch.Slot slot : slots) {
      Posed prompt = compose(step, batch, slot);
      posed.add(prompt);
      asks.add(
          new Generator.Ask(
              prompt.prompt(), sampling(prompt.mode()), slot.count(), seed(step, slot)));
    }
    watch.lap("retrieval");
    List<Generator.Answer> answers = generator.generate(asks);
    watch.lap("generation");
    for (int i = 0; i < slots.size(); i++) {
      Problem problem = batch.problem(slots.get(i));
      Generator.Answer answer = answers.get(i);
      for (var completion : answer.completions()) {
        String text = generator.text(completion);
        var solution = composer.solution(posed.get(i).mode(), text);
        var verdict = judge.judge(problem, solution, completion.finished());
        batch.add(
            slots.get(i),
            new Rollout(posed.get(i), answer.promptTokens(), completion, text, solution, verdict));
      }
    }
    watch.lap("verification");
  }

  private Posed compose(int step, RolloutBatch batch, RolloutBatch.Slot slot) {
    Question question = batch.problem(slot).question();
    return switch (slot.mode()) {
      case SCRATCH -> composer.scratch(question);
      case REFLECT ->
          composer.reflect(
              question,
              attempts.choose(
                  batch.questions(), batch.plainAttempts(), slot.problem(), slot.turn()));
      case ABSTRACT ->
          composer.abstraction(
              question,
              lessons.select(
                  question, randomness.stream("lessons", step, slot.problem(), slot.turn())));
    };
  }

  private Sampling sampling(FeedbackMode mode) {
    return mode == FeedbackMode.REFLECT
        ? settings.sampling().review()
        : settings.sampling().answer();
  }

  private long seed(int step, RolloutBatch.Slot slot) {
    return randomness.seed("completion", step, slot.problem(), slot.mode().ordinal(), slot.turn());
  }

  private void remember(
      int step, long policyVersion, List<Group> groups, List<StoredLesson> distilled) {
    List<Experience> trials = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      for (int i = 0; i < group.rollouts().size(); i++) {
        Rollout rollout = group.rollouts().get(i);
        trials.add(
            new Experience(
                RolloutLine.id(run, step, g, i),
                run,
                step,
                policyVersion,
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
}
