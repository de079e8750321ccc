package io.lanpo.engine.coldstart;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.RejectionSamplingSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.Distiller;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.engine.rollout.ComposedPrompt;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.LessonPrompts;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.ProblemOrder;
import io.lanpo.engine.rollout.Rollout;
import io.lanpo.engine.rollout.RolloutSampler;
import io.lanpo.engine.rollout.ZeroShotPrompts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Has a policy answer, review its attempts, distil lessons and use those of other problems, with
 * the components of the run, and keeps what the verifier finds right: demonstrations of skills that
 * a pretrained policy has, in the form that the run asks for.
 *
 * <p>A review is kept when its refined solution is right; the attempt under review is a right or a
 * wrong one at even chance, and nothing says which. A lesson is kept when an answer that was shown
 * it was right.
 */
public final class RejectionSampling {
  /** Problems whose lessons are distilled in one call; fixed, as seeds go by the call. */
  private static final int DISTILLED_AT_ONCE = 16;

  private final RejectionSamplingSettings settings;
  private final MethodComponents parts;
  private final Randomness randomness;
  private final int atOnce;
  private final RolloutSampler rollouts;
  private final Distiller distiller;

  /**
   * @param atOnce completions that are asked for in one call
   * @param randomness fixes everything that is random
   */
  public RejectionSampling(
      RejectionSamplingSettings settings,
      SamplingSettings sampling,
      MethodComponents parts,
      int atOnce,
      Randomness randomness) {
    this.settings = settings;
    this.parts = parts;
    this.atOnce = atOnce;
    this.randomness = new Randomness(randomness.seed("own-answers"));
    this.rollouts = new RolloutSampler(parts, sampling);
    this.distiller =
        new Distiller(
            parts.abstraction(),
            settings.distill(),
            sampling.lesson(),
            this.randomness,
            new ComponentCalls());
  }

  /** Is called with progress; may ask to stop. */
  public interface Watcher {
    /**
     * Some prompts have been answered.
     *
     * @param phase what is being written, in a word
     * @param done prompts answered in this phase
     * @param total prompts of this phase
     * @param soFar what there is
     * @return false to stop here
     */
    boolean answered(String phase, int done, int total, RejectionSamplingResult soFar);
  }

  /** Samples; empty when the watcher stopped it. */
  public Optional<RejectionSamplingResult> sample(Policy policy, Watcher watcher) {
    Writing writing =
        new Writing(
            new Generator(policy), new RejectionSamplingResult(), watcher, settings.dropExamples());
    List<Assignment> plain = plain();
    boolean done = write("answers", plain, writing);
    if (parts.feedback().planner().givesFeedback()) {
      done = done && write("reviews", reviews(plain), writing) && lessons(plain, writing);
    }
    return done ? Optional.of(writing.result()) : Optional.empty();
  }

  private List<Assignment> plain() {
    List<Problem> all = parts.task().training();
    return new ProblemOrder(all, randomness)
        .draw(1, Math.min(settings.problems(), all.size())).stream()
            .map(
                p ->
                    new Assignment(
                        SampledDemonstration.Kind.ANSWER,
                        p,
                        rollouts.composer().scratch(p.question())))
            .toList();
  }

  /** A review for every problem that has a finished attempt. */
  private List<Assignment> reviews(List<Assignment> plain) {
    List<Assignment> reviews = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      Problem problem = plain.get(i).problem();
      Optional<Rollout> seen = attempt(plain.get(i).rollouts(), randomness.stream("attempt", i));
      ComposedPrompt composed =
          rollouts
              .composer()
              .reflect(
                  problem.question(), seen.map(r -> new Attempt(problem.question(), r.answer())));
      if (composed.mode() == FeedbackMode.REFLECT) {
        boolean ofRight = seen.map(RejectionSampling::usable).orElse(false);
        reviews.add(
            new Assignment(
                ofRight
                    ? SampledDemonstration.Kind.REVIEW_OF_RIGHT
                    : SampledDemonstration.Kind.REVIEW_OF_WRONG,
                problem,
                composed));
      }
    }
    return reviews;
  }

  /** A right or a wrong attempt at even chance, as far as there are both. */
  private static Optional<Rollout> attempt(List<Rollout> rollouts, RandomGenerator random) {
    List<Rollout> usable =
        rollouts.stream()
            .filter(
                r -> r.completion().finished() && r.reward().isPresent() && !r.answer().isBlank())
            .toList();
    boolean wanted = random.nextBoolean();
    List<Rollout> wantedOnes = usable.stream().filter(r -> usable(r) == wanted).toList();
    List<Rollout> from = wantedOnes.isEmpty() ? usable : wantedOnes;
    return from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
  }

  private boolean lessons(List<Assignment> plain, Writing writing) {
    List<Distiller.Distilled> distilled = new ArrayList<>();
    for (int from = 0; from < plain.size(); from += DISTILLED_AT_ONCE) {
      int to = Math.min(plain.size(), from + DISTILLED_AT_ONCE);
      List<List<JudgedAttempt>> attempts =
          plain.subList(from, to).stream().map(a -> a.group().judgedAttempts()).toList();
      List<Distiller.Distilled> some =
          distiller.distilled("cold-start", from, attempts, writing.generator());
      some.forEach(
          d -> writing.result().sampled(SampledDemonstration.Kind.LESSON, d.completion(), false));
      distilled.addAll(some);
      if (!writing.goesOn("lessons", to, plain.size())) {
        return false;
      }
    }
    parts.policy().use(writing.generator());
    long before = writing.generator().generatedTokens();
    List<Assignment> uses = withLessons(plain, distilled, writing.generator());
    writing.result().judged(writing.generator().generatedTokens() - before);
    boolean done = write("answers with lessons", uses, writing);
    keepUseful(distilled, uses, writing);
    return done;
  }

  private List<Assignment> withLessons(
      List<Assignment> plain, List<Distiller.Distilled> distilled, Generator generator) {
    RelevantLessons relevant =
        new RelevantLessons(
            distilled.stream().flatMap(d -> d.lesson().stream()).toList(),
            parts.scorer(),
            settings.feedback(),
            parts.feedback().lessons());
    List<LessonPrompts.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      wanted.add(
          new LessonPrompts.Wanted(
              plain.get(i).problem().question(),
              randomness.seed("own-lessons", i),
              randomness.seed("own-condensing", i)));
    }
    List<ComposedPrompt> prompts = rollouts.withLessons().compose(wanted, relevant, generator);
    List<Assignment> uses = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      if (prompts.get(i).mode() == FeedbackMode.ABSTRACT) {
        uses.add(
            new Assignment(
                SampledDemonstration.Kind.ANSWER_WITH_LESSONS,
                plain.get(i).problem(),
                prompts.get(i)));
      }
    }
    return uses;
  }

  /** Keeps the lessons that led to a right answer, every wording once. */
  private static void keepUseful(
      List<Distiller.Distilled> distilled, List<Assignment> uses, Writing writing) {
    Set<String> useful = new HashSet<>();
    for (Assignment use : uses) {
      if (use.rollouts().stream().anyMatch(RejectionSampling::usable)) {
        use.composed().lessons().forEach(lesson -> useful.add(lesson.id()));
      }
    }
    Set<String> wordings = new HashSet<>();
    for (Distiller.Distilled one : distilled) {
      Optional<Lesson> lesson =
          one.lesson().map(StoredLesson::lesson).filter(l -> useful.contains(l.id()));
      if (lesson.isPresent()) {
        writing.result().rightAfterAll(SampledDemonstration.Kind.LESSON);
        if (wordings.add(lesson.get().text())) {
          writing.keep(
              SampledDemonstration.Kind.LESSON,
              lesson.get().source().id(),
              one.prompt(),
              one.text(),
              one.completion());
        }
      }
    }
  }

  /** Has the policy write what is assigned, some at a time; false when the watcher stops it. */
  private boolean write(String phase, List<Assignment> assignments, Writing writing) {
    int some = Math.max(1, atOnce / settings.samples());
    for (int from = 0; from < assignments.size(); from += some) {
      int to = Math.min(assignments.size(), from + some);
      List<RolloutSampler.Request> requests = new ArrayList<>();
      for (int i = from; i < to; i++) {
        requests.add(
            new RolloutSampler.Request(
                assignments.get(i).problem(),
                assignments.get(i).composed(),
                settings.samples(),
                randomness.seed(phase, i)));
      }
      List<List<Rollout>> sampled = rollouts.sample(requests, writing.generator()).get();
      for (int i = from; i < to; i++) {
        keepAccepted(assignments.get(i), sampled.get(i - from), writing);
      }
      if (!writing.goesOn(phase, to, assignments.size())) {
        return false;
      }
    }
    return true;
  }

  /** Keeps accepted completions of an assignment that differ. */
  private void keepAccepted(Assignment assignment, List<Rollout> sampled, Writing writing) {
    Set<String> kept = new HashSet<>();
    for (Rollout rollout : sampled) {
      boolean usable = usable(rollout);
      assignment.rollouts().add(rollout);
      writing.result().sampled(assignment.kind(), rollout.completion(), usable);
      if (usable && kept.size() < settings.keep() && kept.add(rollout.text().strip())) {
        writing.keep(
            assignment.kind(),
            assignment.problem().question().id(),
            rollout.composed().prompt(),
            rollout.text(),
            rollout.completion());
      }
    }
  }

  private static boolean usable(Rollout rollout) {
    return rollout.completion().finished() && rollout.accepted();
  }

  /**
   * What is under way.
   *
   * @param bare whether worked examples are left out of what is learned
   */
  private record Writing(
      Generator generator, RejectionSamplingResult result, Watcher watcher, boolean bare) {
    void keep(
        SampledDemonstration.Kind kind,
        String problem,
        Prompt prompt,
        String text,
        Completion completion) {
      Prompt learned = bare ? ZeroShotPrompts.strip(prompt) : prompt;
      int[] promptTokens = generator.tokens(learned);
      result.keep(
          new SampledDemonstration(
              kind, problem, learned.text(), text, promptTokens, completion.tokens()));
    }

    boolean goesOn(String phase, int done, int total) {
      return watcher.answered(phase, done, total, result);
    }
  }

  /**
   * A prompt to be answered.
   *
   * @param rollouts the answers, as they come in
   */
  private record Assignment(
      SampledDemonstration.Kind kind,
      Problem problem,
      ComposedPrompt composed,
      List<Rollout> rollouts) {
    Assignment(SampledDemonstration.Kind kind, Problem problem, ComposedPrompt composed) {
      this(kind, problem, composed, new ArrayList<>());
    }

    /** For the distiller, which needs no advantages. */
    Group group() {
      return Group.of(problem, rollouts, 0);
    }
  }
}
