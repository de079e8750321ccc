package io.lanpo.engine.coldstart;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.config.RejectionSamplingSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.Distiller;
import io.lanpo.engine.lesson.LessonSelector;
import io.lanpo.engine.rollout.ComposedPrompt;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.ProblemOrder;
import io.lanpo.engine.rollout.PromptComposer;
import io.lanpo.engine.rollout.Rollout;
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
  private final SamplingSettings sampling;
  private final MethodComponents parts;
  private final Randomness randomness;
  private final int atOnce;
  private final ComponentCalls strategies = new ComponentCalls();
  private final PromptComposer composer;
  private final VerifierCalls verifier;
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
    this.sampling = sampling;
    this.parts = parts;
    this.atOnce = atOnce;
    this.randomness = new Randomness(randomness.seed("own-answers"));
    this.composer =
        new PromptComposer(parts.task(), parts.reflection(), parts.abstraction(), strategies);
    this.verifier = new VerifierCalls(parts.verifier());
    this.distiller =
        new Distiller(
            parts.abstraction(),
            settings.distill(),
            sampling.lesson(),
            this.randomness,
            strategies);
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
    if (settings.feedback().ratio() > 0) {
      done = done && write("reviews", reviews(plain), writing) && lessons(plain, writing);
    }
    return done ? Optional.of(writing.harvest()) : Optional.empty();
  }

  private List<Assignment> plain() {
    List<Problem> all = parts.task().training();
    return new ProblemOrder(all, randomness)
        .draw(1, Math.min(settings.problems(), all.size())).stream()
            .map(
                p ->
                    new Assignment(
                        SampledDemonstration.Kind.ANSWER, p, composer.scratch(p.question())))
            .toList();
  }

  /** A review for every problem that has a finished attempt. */
  private List<Assignment> reviews(List<Assignment> plain) {
    List<Assignment> reviews = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      Problem problem = plain.get(i).problem();
      Optional<Rollout> seen = attempt(plain.get(i).rollouts(), randomness.stream("attempt", i));
      ComposedPrompt composed =
          composer.reflect(
              problem.question(), seen.map(r -> new Attempt(problem.question(), r.text())));
      if (composed.mode() == FeedbackMode.REFLECT) {
        boolean ofRight = seen.map(RejectionSampling::right).orElse(false);
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
            .filter(r -> r.completion().finished() && r.reward().isPresent() && !r.text().isBlank())
            .toList();
    boolean wanted = random.nextBoolean();
    List<Rollout> wantedOnes = usable.stream().filter(r -> right(r) == wanted).toList();
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
          d -> writing.harvest().sampled(SampledDemonstration.Kind.LESSON, d.completion(), false));
      distilled.addAll(some);
      if (!writing.goesOn("lessons", to, plain.size())) {
        return false;
      }
    }
    parts.policy().use(writing.generator());
    long before = writing.generator().generatedTokens();
    List<Assignment> uses = withLessons(plain, distilled);
    writing.harvest().judged(writing.generator().generatedTokens() - before);
    boolean done = write("answers with lessons", uses, writing);
    keepUseful(distilled, uses, writing);
    return done;
  }

  private List<Assignment> withLessons(
      List<Assignment> plain, List<Distiller.Distilled> distilled) {
    LessonSelector selector =
        new LessonSelector(
            distilled.stream().flatMap(d -> d.lesson().stream()).toList(),
            parts.scorer(),
            settings.feedback());
    List<Assignment> uses = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      Problem problem = plain.get(i).problem();
      List<Lesson> lessons =
          selector.select(problem.question(), randomness.stream("own-lessons", i));
      ComposedPrompt composed = composer.abstraction(problem.question(), lessons);
      if (composed.mode() == FeedbackMode.ABSTRACT) {
        uses.add(new Assignment(SampledDemonstration.Kind.ANSWER_WITH_LESSONS, problem, composed));
      }
    }
    return uses;
  }

  /** Keeps the lessons that led to a right answer, every wording once. */
  private static void keepUseful(
      List<Distiller.Distilled> distilled, List<Assignment> uses, Writing writing) {
    Set<String> useful = new HashSet<>();
    for (Assignment use : uses) {
      if (use.rollouts().stream().anyMatch(RejectionSampling::right)) {
        use.composed().lessons().forEach(lesson -> useful.add(lesson.id()));
      }
    }
    Set<String> wordings = new HashSet<>();
    for (Distiller.Distilled one : distilled) {
      Optional<Lesson> lesson =
          one.lesson().map(StoredLesson::lesson).filter(l -> useful.contains(l.id()));
      if (lesson.isPresent()) {
        writing.harvest().rightAfterAll(SampledDemonstration.Kind.LESSON);
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
      List<Generator.Request> requests = new ArrayList<>();
      for (int i = from; i < to; i++) {
        ComposedPrompt composed = assignments.get(i).composed();
        Sampling how =
            composed.mode() == FeedbackMode.REFLECT ? sampling.review() : sampling.answer();
        long seed = randomness.seed(phase, i);
        requests.add(new Generator.Request(composed.prompt(), how, settings.samples(), seed));
      }
      List<Generator.Result> answers = writing.generator().generate(requests);
      for (int i = from; i < to; i++) {
        read(assignments.get(i), answers.get(i - from), writing);
      }
      if (!writing.goesOn(phase, to, assignments.size())) {
        return false;
      }
    }
    return true;
  }

  /** JudgeFilters the completions of an assignment and keeps right ones that differ. */
  private void read(Assignment assignment, Generator.Result answer, Writing writing) {
    ComposedPrompt composed = assignment.composed();
    Set<String> kept = new HashSet<>();
    for (Completion completion : answer.completions()) {
      String text = writing.generator().text(completion);
      Optional<String> solution = composer.solution(composed.mode(), text);
      var verdict = verifier.verify(assignment.problem(), solution, completion.finished());
      Rollout rollout =
          new Rollout(composed, answer.promptTokens(), completion, text, solution, verdict);
      assignment.rollouts().add(rollout);
      writing.harvest().sampled(assignment.kind(), completion, right(rollout));
      if (right(rollout) && kept.size() < settings.keep() && kept.add(text.strip())) {
        writing.keep(
            assignment.kind(),
            assignment.problem().question().id(),
            composed.prompt(),
            text,
            completion);
      }
    }
  }

  private static boolean right(Rollout rollout) {
    return rollout.completion().finished() && rollout.reward().orElse(0) > 0.5;
  }

  /**
   * What is under way.
   *
   * @param bare whether worked examples are left out of what is learned
   */
  private record Writing(
      Generator generator, RejectionSamplingResult harvest, Watcher watcher, boolean bare) {
    void keep(
        SampledDemonstration.Kind kind,
        String problem,
        Prompt prompt,
        String text,
        Completion completion) {
      Prompt learned = bare ? ZeroShotPrompts.strip(prompt) : prompt;
      int[] promptTokens = generator.tokens(learned);
      harvest.keep(
          new SampledDemonstration(
              kind, problem, learned.text(), text, promptTokens, completion.tokens()));
    }

    boolean goesOn(String phase, int done, int total) {
      return watcher.answered(phase, done, total, harvest);
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
      return new Group(problem, rollouts, 0, new double[rollouts.size()]);
    }
  }
}
