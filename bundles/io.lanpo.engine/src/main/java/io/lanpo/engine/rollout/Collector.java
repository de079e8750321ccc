package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.LessonSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Collects the completions of a step: draws problems, composes prompts with feedback from the pool,
 * has completions sampled, and judges each as soon as it is there.
 */
public final class Collector {
  private static final Set<FeedbackMode> PLAIN = EnumSet.of(FeedbackMode.SCRATCH);
  private static final Set<FeedbackMode> WITH_LESSONS = EnumSet.of(FeedbackMode.ABSTRACT);
  private static final Set<FeedbackMode> FIRST =
      EnumSet.of(FeedbackMode.SCRATCH, FeedbackMode.ABSTRACT);
  private static final Set<FeedbackMode> REVIEWS = EnumSet.of(FeedbackMode.REFLECT);

  private final RunSettings settings;
  private final MethodComponents parts;
  private final LessonSelector lessons;
  private final UnaryOperator<double[]> advantages;
  private final Randomness randomness;
  private final ExecutorService verification;
  private final ComponentCalls strategies = new ComponentCalls();
  private final VerifierCalls verifier;
  private final ProblemOrder order;
  private final FeedbackPlanner planner;
  private final PromptComposer composer;
  private final AttemptSelector attempts;

  /**
   * @param lessons chooses lessons from the run's pool
   * @param advantages from the rewards {@code [n]} of a group to its advantages {@code [n]}
   * @param verification where completions are judged
   */
  public Collector(
      RunSettings settings,
      MethodComponents parts,
      LessonSelector lessons,
      UnaryOperator<double[]> advantages,
      Randomness randomness,
      ExecutorService verification) {
    this.settings = settings;
    this.parts = parts;
    this.lessons = lessons;
    this.advantages = advantages;
    this.randomness = randomness;
    this.verification = verification;
    this.verifier = new VerifierCalls(parts.verifier());
    this.order = new ProblemOrder(parts.task().training(), randomness);
    this.planner = new FeedbackPlanner(settings.feedback(), randomness);
    this.composer =
        new PromptComposer(parts.task(), parts.reflection(), parts.abstraction(), strategies);
    this.attempts = new AttemptSelector(parts.pool(), settings.feedback());
  }

  /** Collects a step, with feedback from the pool as it is now. */
  public StepRollouts collect(int step, Sampler sampler) {
    return new Collection(step, sampler).withFeedback(Optional.empty());
  }

  /**
   * Begins to collect a step: plain completions, which need nothing of the pool, are sampled at
   * once, beside what the caller does meanwhile.
   *
   * @param sampler for use by several threads
   * @return collects the rest, with feedback from the pool as it is then
   */
  public Supplier<StepRollouts> begin(int step, Sampler sampler, Background background) {
    Collection collection = new Collection(step, sampler);
    Planned planned = collection.plan(PLAIN);
    Supplier<Round> plain =
        background.start(() -> collection.sample(planned, new Generator(sampler)));
    return () -> collection.withFeedback(Optional.of(plain));
  }

  /** What was collected before a stop; it is read and judged once more, which gives the same. */
  public StepRollouts restore(PendingStep pending, Tokenizer tokenizer) {
    RolloutBatch batch = batch(pending.step());
    for (int i = 0; i < pending.rollouts().size(); i++) {
      int problem = i;
      List<Future<Rollout>> judged = new ArrayList<>();
      for (PendingStep.Line line : pending.rollouts().get(problem)) {
        Completion completion = line.completion();
        String text = tokenizer.decode(completion.tokens());
        judged.add(
            judged(batch.problem(problem), line.composed(), line.promptTokens(), completion, text));
      }
      judged.forEach(rollout -> batch.add(problem, Background.result(rollout)));
    }
    strategies.take();
    verifier.take();
    return new StepRollouts(
        pending.step(),
        pending.policyVersion(),
        batch.groups(advantages),
        pending.figures(),
        pending.seconds());
  }

  private RolloutBatch batch(int step) {
    List<Problem> problems = order.draw(step, settings.problems());
    return new RolloutBatch(problems, planner.plan(step, problems.size(), settings.groupSize()));
  }

  /** Begins to judge a completion. */
  private Future<Rollout> judged(
      Problem problem,
      ComposedPrompt composed,
      int[] promptTokens,
      Completion completion,
      String text) {
    Optional<String> solution = composer.solution(composed.mode(), text);
    return verification.submit(
        () ->
            new Rollout(
                composed,
                promptTokens,
                completion,
                text,
                solution,
                verifier.verify(problem, solution, completion.finished())));
  }

  /**
   * Some completions of a step before they are sampled.
   *
   * @param slots what is planned
   * @param composed the prompt of each
   * @param requests what is asked for each
   */
  private record Planned(
      List<RolloutBatch.Slot> slots,
      List<ComposedPrompt> composed,
      List<Generator.Request> requests) {}

  /**
   * The same when they are sampled.
   *
   * @param rollouts of each slot; they are being judged
   * @param generator counts their tokens
   */
  private record Round(
      List<RolloutBatch.Slot> slots, List<List<Future<Rollout>>> rollouts, Generator generator) {}

  /** The collection of one step. */
  private final class Collection {
    private final int step;
    private final Sampler sampler;
    private final RolloutBatch batch;
    private final Stopwatch watch = new Stopwatch();

    Collection(int step, Sampler sampler) {
      this.step = step;
      this.sampler = sampler;
      this.batch = batch(step);
    }

    /**
     * Samples and judges what is left to do.
     *
     * @param ahead the plain completions, where they are under way already
     */
    StepRollouts withFeedback(Optional<Supplier<Round>> ahead) {
      watch.restart();
      Generator generator = new Generator(sampler);
      parts.policy().use(generator);
      lessons.refresh();
      // of an evaluation
      lessons.takeWithheld();
      parts.scorer().takeFigures();

      long generated = 0;
      long prompts = 0;
      if (ahead.isPresent()) {
        Round shown = round(WITH_LESSONS, generator);
        Round plain = ahead.get().get();
        watch.lap("generation");
        add(plain);
        add(shown);
        generated = plain.generator().generatedTokens();
        prompts = plain.generator().promptTokens();
      } else {
        add(round(FIRST, generator));
      }
      add(round(REVIEWS, generator));
      List<Group> groups = batch.groups(advantages);
      watch.lap("verification");
      return new StepRollouts(
          step,
          sampler.version(),
          groups,
          new StepRollouts.Figures(
              generated + generator.generatedTokens(),
              prompts + generator.promptTokens(),
              lessons.takeWithheld(),
              parts.scorer().takeFigures(),
              strategies.take(),
              verifier.take()),
          watch.seconds());
    }

    private Round round(Set<FeedbackMode> modes, Generator generator) {
      Planned planned = plan(modes);
      watch.lap("retrieval");
      Round round = sample(planned, generator);
      watch.lap("generation");
      return round;
    }

    /** Composes what is planned for some modes. */
    Planned plan(Set<FeedbackMode> modes) {
      List<RolloutBatch.Slot> slots = batch.slots(modes);
      List<ComposedPrompt> composed = new ArrayList<>();
      List<Generator.Request> requests = new ArrayList<>();
      for (RolloutBatch.Slot slot : slots) {
        ComposedPrompt prompt = compose(slot);
        composed.add(prompt);
        requests.add(
            new Generator.Request(
                prompt.prompt(), sampling(prompt.mode()), slot.count(), seed(slot)));
      }
      return new Planned(slots, composed, requests);
    }

    /** Samples, and begins to judge. */
    Round sample(Planned planned, Generator generator) {
      List<RolloutBatch.Slot> slots = planned.slots();
      List<List<Future<Rollout>>> rollouts =
          new ArrayList<>(Collections.nCopies(slots.size(), List.of()));
      generator.generate(
          planned.requests(),
          (i, answer) -> {
            List<Future<Rollout>> judged = new ArrayList<>();
            for (Completion completion : answer.completions()) {
              judged.add(
                  judged(
                      batch.problem(slots.get(i).problem()),
                      planned.composed().get(i),
                      answer.promptTokens(),
                      completion,
                      generator.text(completion)));
            }
            rollouts.set(i, judged);
          });
      return new Round(slots, rollouts, generator);
    }

    /** Waits until some completions are judged and adds them in their order. */
    private void add(Round round) {
      for (int i = 0; i < round.slots().size(); i++) {
        for (Future<Rollout> rollout : round.rollouts().get(i)) {
          batch.add(round.slots().get(i).problem(), Background.result(rollout));
        }
      }
      watch.lap("verification");
    }

    private ComposedPrompt compose(RolloutBatch.Slot slot) {
      Question question = batch.problem(slot.problem()).question();
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

    private long seed(RolloutBatch.Slot slot) {
      return randomness.seed(
          "completion", step, slot.problem(), slot.mode().ordinal(), slot.turn());
    }
  }
}
