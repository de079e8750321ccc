package io.lanpo.engine.rollout;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.generate.Written;
import io.lanpo.engine.lesson.RelevantLessons;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Collects the completions of a step: draws problems, composes prompts with feedback from the pool,
 * has completions sampled, and judges each as soon as it is there. Where a group has reviews alone,
 * the attempt that they review is sampled beside it; where too few groups have differing rewards,
 * more problems are, see {@link Refill}.
 */
public final class Collector {
  private static final Set<FeedbackMode> PLAIN = EnumSet.of(FeedbackMode.SCRATCH);
  private static final Set<FeedbackMode> WITH_LESSONS = EnumSet.of(FeedbackMode.ABSTRACT);
  private static final Set<FeedbackMode> FIRST =
      EnumSet.of(FeedbackMode.SCRATCH, FeedbackMode.ABSTRACT);
  private static final Set<FeedbackMode> REVIEWS = EnumSet.of(FeedbackMode.REFLECT);

  private final RunSettings settings;
  private final MethodComponents parts;
  private final RelevantLessons lessons;
  private final Function<List<JudgedGroup>, List<double[]>> advantages;
  private final Randomness randomness;
  private final RolloutSampler rollouts;
  private final ProblemOrder order;
  private final Refill refill;
  private final AttemptChoice attempts;

  /**
   * @param lessons the relevant ones of the run's pool
   * @param advantages from groups to advantages {@code [groups][completions]}
   * @param verification where completions are judged
   */
  public Collector(
      RunSettings settings,
      MethodComponents parts,
      RelevantLessons lessons,
      Function<List<JudgedGroup>, List<double[]>> advantages,
      Randomness randomness,
      Executor verification) {
    this.settings = settings;
    this.parts = parts;
    this.lessons = lessons;
    this.advantages = advantages;
    this.randomness = randomness;
    this.rollouts = new RolloutSampler(parts, settings.sampling(), verification);
    this.order = new ProblemOrder(parts.task().training(), randomness);
    this.refill =
        new Refill(
            order, parts.feedback().planner(), settings.problems(), settings.mostRefillRounds());
    this.attempts =
        new AttemptChoice(
            parts.feedback().attempts(), parts.pool(), randomness, rollouts.composer().calls());
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
    List<RolloutBatch.Slot> slots = collection.slots(PLAIN);
    Generator generator = new Generator(sampler);
    List<RolloutSampler.Request> requests = collection.requests(slots, generator);
    Supplier<Round> plain = background.start(() -> collection.sample(slots, requests, generator));
    return () -> collection.withFeedback(Optional.of(plain));
  }

  /**
   * What was collected before a stop; it is read and judged once more, which gives the same.
   *
   * @throws UserException when the step draws other problems now
   */
  public StepRollouts restore(PendingStep pending, Tokenizer tokenizer) {
    RolloutBatch batch = batch(pending.step());
    boolean more = true;
    while (more && batch.size() < pending.rollouts().size()) {
      more = refill.add(pending.step(), batch);
    }
    requireSameProblems(pending, batch);
    for (int i = 0; i < pending.rollouts().size(); i++) {
      int problem = i;
      List<Future<Rollout>> judged = new ArrayList<>();
      for (PendingStep.Line line : pending.rollouts().get(problem)) {
        Completion completion = line.completion();
        Written written = Written.of(tokenizer, line.promptTokens(), completion);
        judged.add(
            rollouts.judge(
                batch.problem(problem), line.composed(), line.promptTokens(), completion, written));
      }
      judged.forEach(rollout -> batch.add(problem, Background.result(rollout)));
    }
    rollouts.takeStrategyCalls();
    rollouts.takeVerifierCalls();
    return new StepRollouts(
        pending.step(),
        pending.policyVersion(),
        batch.groups(parts.task(), advantages, refill.most()),
        pending.figures(),
        pending.seconds());
  }

  /** Completions of one problem would be judged by the answer of another. */
  private void requireSameProblems(PendingStep pending, RolloutBatch batch) {
    boolean same = batch.size() == pending.rollouts().size();
    for (int i = 0; same && i < batch.size(); i++) {
      String posed = rollouts.composer().scratch(batch.problem(i).question()).prompt().text();
      same =
          pending.rollouts().get(i).stream()
              .map(PendingStep.Line::composed)
              .filter(composed -> composed.mode() == FeedbackMode.SCRATCH)
              .allMatch(composed -> composed.prompt().text().equals(posed));
    }
    if (!same) {
      throw new UserException(
          "the completions that step %d left to be learned from are not of the problems as it draws and poses them now"
              .formatted(pending.step()),
          "Put the data of the task back as it was, or start a new run.");
    }
  }

  /** What counts have grown by. */
  private static Map<String, Long> added(Map<String, Long> before, Map<String, Long> now) {
    Map<String, Long> added = new TreeMap<>();
    now.forEach((name, count) -> added.put(name, count - before.getOrDefault(name, 0L)));
    return added;
  }

  private RolloutBatch batch(int step) {
    List<Problem> problems = order.draw(step, settings.problems());
    return new RolloutBatch(problems, parts.feedback().planner().plan(step, 0, problems.size()));
  }

  /**
   * Some completions of a step when they are sampled.
   *
   * @param slots what was planned
   * @param rollouts of each slot; asking waits until they are judged
   * @param generator counts their tokens
   */
  private record Round(
      List<RolloutBatch.Slot> slots, Supplier<List<List<Rollout>>> rollouts, Generator generator) {}

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
      Map<String, Long> scorerBefore = parts.scorer().figures();

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
      StepRollouts.SampledAttempts sampled = review(generator);
      while (refill.extend(step, batch)) {
        add(round(FIRST, generator));
        sampled = sampled.and(review(generator));
      }
      List<Group> groups = batch.groups(parts.task(), advantages, refill.most());
      watch.lap("verification");
      return new StepRollouts(
          step,
          sampler.version(),
          groups,
          new StepRollouts.Figures(
              generated + generator.generatedTokens(),
              prompts + generator.promptTokens(),
              sampled,
              rollouts.withLessons().take(),
              lessons.takeWithheld(),
              added(scorerBefore, parts.scorer().figures()),
              rollouts.takeStrategyCalls(),
              rollouts.takeVerifierCalls()),
          watch.seconds());
    }

    /** Has attempts reviewed, which are there by now or are sampled for that. */
    private StepRollouts.SampledAttempts review(Generator generator) {
      StepRollouts.SampledAttempts sampled = sampleAttempts(generator);
      add(round(REVIEWS, generator));
      return sampled;
    }

    /** Samples the attempts that reviews need and that nothing else of the step brings. */
    private StepRollouts.SampledAttempts sampleAttempts(Generator generator) {
      List<Integer> lacking =
          slots(REVIEWS).stream()
              .map(slot -> attempts.lacking(batch, slot.problem()))
              .flatMapToInt(OptionalInt::stream)
              .distinct()
              .boxed()
              .toList();
      List<Generator.Result> results =
          generator.generate(
              lacking.stream()
                  .map(
                      problem ->
                          new Generator.Request(
                              parts.task().pose(batch.problem(problem).question()),
                              settings.sampling().answer(),
                              1,
                              randomness.seed("attempt", step, problem)))
                  .toList());
      if (!lacking.isEmpty()) {
        watch.lap("generation");
      }
      long tokens = 0;
      for (int i = 0; i < lacking.size(); i++) {
        Completion attempt = results.get(i).completions().get(0);
        String text = generator.written(results.get(i).promptTokens(), attempt).answer();
        tokens += attempt.tokens().length;
        if (attempt.finished() && !text.isBlank()) {
          batch.addAttempt(lacking.get(i), text);
        }
      }
      return new StepRollouts.SampledAttempts(lacking.size(), tokens);
    }

    private Round round(Set<FeedbackMode> modes, Generator generator) {
      List<RolloutBatch.Slot> slots = slots(modes);
      List<RolloutSampler.Request> requests = requests(slots, generator);
      watch.lap("retrieval");
      Round round = sample(slots, requests, generator);
      watch.lap("generation");
      return round;
    }

    List<RolloutBatch.Slot> slots(Set<FeedbackMode> modes) {
      return batch.slots(modes);
    }

    /**
     * Composes what is planned.
     *
     * @param generator for what the policy writes on the way
     */
    List<RolloutSampler.Request> requests(List<RolloutBatch.Slot> slots, Generator generator) {
      List<LessonPrompts.Wanted> wanted =
          slots.stream()
              .filter(slot -> slot.mode() == FeedbackMode.ABSTRACT)
              .map(this::wanted)
              .toList();
      Iterator<ComposedPrompt> shown =
          rollouts.withLessons().compose(wanted, lessons, generator).iterator();
      List<RolloutSampler.Request> requests = new ArrayList<>();
      for (RolloutBatch.Slot slot : slots) {
        ComposedPrompt composed =
            slot.mode() == FeedbackMode.ABSTRACT ? shown.next() : compose(slot);
        requests.add(
            new RolloutSampler.Request(
                batch.problem(slot.problem()), composed, slot.count(), seed(slot)));
      }
      return requests;
    }

    private LessonPrompts.Wanted wanted(RolloutBatch.Slot slot) {
      return new LessonPrompts.Wanted(
          batch.problem(slot.problem()).question(),
          randomness.seed("lessons", step, slot.problem(), slot.turn()),
          randomness.seed("condensing", step, slot.problem()));
    }

    Round sample(
        List<RolloutBatch.Slot> slots, List<RolloutSampler.Request> requests, Generator generator) {
      return new Round(slots, rollouts.sample(requests, generator), generator);
    }

    /** Waits until some completions are judged and adds them in their order. */
    private void add(Round round) {
      List<List<Rollout>> judged = round.rollouts().get();
      for (int i = 0; i < judged.size(); i++) {
        int problem = round.slots().get(i).problem();
        judged.get(i).forEach(rollout -> batch.add(problem, rollout));
      }
      watch.lap("verification");
    }

    /** Of the modes without lessons. */
    private ComposedPrompt compose(RolloutBatch.Slot slot) {
      Question question = batch.problem(slot.problem()).question();
      return slot.mode() == FeedbackMode.REFLECT
          ? rollouts.composer().reflect(question, attempts.choose(step, batch, slot))
          : rollouts.composer().scratch(question);
    }

    private long seed(RolloutBatch.Slot slot) {
      return randomness.seed(
          "completion", step, slot.problem(), slot.mode().ordinal(), slot.turn());
    }
  }
}
