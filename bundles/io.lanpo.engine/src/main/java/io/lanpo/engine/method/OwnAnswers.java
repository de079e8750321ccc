package io.lanpo.engine.method;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.engine.config.OwnAnswerSettings;
import io.lanpo.engine.config.SamplingSettings;
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
 * wrong one at even chance, and nothing tells which. A lesson is kept when an answer that was shown
 * it was right.
 */
public final class OwnAnswers {
  /** Problems whose lessons are distilled in one call; fixed, as seeds go by the call. */
  private static final int DISTILLED_AT_ONCE = 16;

  private final OwnAnswerSettings settings;
  private final SamplingSettings sampling;
  private final MethodComponents parts;
  private final Randomness randomness;
  private final int atOnce;
  private final Guard strategies = new Guard();
  private final Composer composer;
  private final Judge judge;
  private final Distiller distiller;

  /**
   * @param atOnce completions that are asked for in one call
   * @param randomness fixes everything that is random
   */
  public OwnAnswers(
      OwnAnswerSettings settings,
      SamplingSettings sampling,
      MethodComponents parts,
      int atOnce,
      Randomness randomness) {
    this.settings = settings;
    this.sampling = sampling;
    this.parts = parts;
    this.atOnce = atOnce;
    this.randomness = new Randomness(randomness.seed("own-answers"));
    this.composer = new Composer(parts.task(), parts.reflection(), parts.abstraction(), strategies);
    this.judge = new Judge(parts.verifier());
    this.distiller =
        new Distiller(
            parts.abstraction(),
            settings.distill(),
            sampling.lesson(),
            this.randomness,
            strategies);
  }

  /** Hears of progress; may ask to stop. */
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
    boolean answered(String phase, int done, int total, Harvest soFar);
  }

  /** Samples; empty when the watcher stopped it. */
  public Optional<Harvest> sample(Policy policy, Watcher watcher) {
    Writing writing =
        new Writing(new Generator(policy), new Harvest(), watcher, settings.dropExamples());
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
            .map(p -> new Assignment(OwnAnswer.Kind.ANSWER, p, composer.scratch(p.question())))
            .toList();
  }

  /** A review for every problem that has a finished attempt. */
  private List<Assignment> reviews(List<Assignment> plain) {
    List<Assignment> reviews = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      Problem problem = plain.get(i).problem();
      Optional<Rollout> seen = attempt(plain.get(i).rollouts(), randomness.stream("attempt", i));
      Posed posed =
          composer.reflect(
              problem.question(), seen.map(r -> new Attempt(problem.question(), r.text())));
      if (posed.mode() == FeedbackMode.REFLECT) {
        boolean ofRight = seen.map(OwnAnswers::right).orElse(false);
        reviews.add(
            new Assignment(
                ofRight ? OwnAnswer.Kind.REVIEW_OF_RIGHT : OwnAnswer.Kind.REVIEW_OF_WRONG,
                problem,
                posed));
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
      List<Group> groups = plain.subList(from, to).stream().map(Assignment::group).toList();
      List<Distiller.Distilled> some =
          distiller.distilled("cold-start", from, groups, writing.generator());
      some.forEach(d -> writing.harvest().sampled(OwnAnswer.Kind.LESSON, d.completion(), false));
      distilled.addAll(some);
      if (!writing.told("lessons", to, plain.size())) {
        return false;
      }
    }
    parts.policy().lend(writing.generator());
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
      Posed posed = composer.abstraction(problem.question(), lessons);
      if (posed.mode() == FeedbackMode.ABSTRACT) {
        uses.add(new Assignment(OwnAnswer.Kind.ANSWER_WITH_LESSONS, problem, posed));
      }
    }
    return uses;
  }

  /** Keeps the lessons that led to a right answer, every wording once. */
  private static void keepUseful(
      List<Distiller.Distilled> distilled, List<Assignment> uses, Writing writing) {
    Set<String> useful = new HashSet<>();
    for (Assignment use : uses) {
      if (use.rollouts().stream().anyMatch(OwnAnswers::right)) {
        use.posed().lessons().forEach(lesson -> useful.add(lesson.id()));
      }
    }
    Set<String> wordings = new HashSet<>();
    for (Distiller.Distilled one : distilled) {
      Optional<Lesson> lesson =
          one.lesson().map(StoredLesson::lesson).filter(l -> useful.contains(l.id()));
      if (lesson.isPresent()) {
        writing.harvest().rightAfterAll(OwnAnswer.Kind.LESSON);
        if (wordings.add(lesson.get().text())) {
          writing.keep(
              OwnAnswer.Kind.LESSON,
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
      List<Generator.Ask> asks = new ArrayList<>();
      for (int i = from; i < to; i++) {
        Posed posed = assignments.get(i).posed();
        Sampling how = posed.mode() == FeedbackMode.REFLECT ? sampling.review() : sampling.answer();
        long seed = randomness.seed(phase, i);
        asks.add(new Generator.Ask(posed.prompt(), how, settings.samples(), seed));
      }
      List<Generator.Answer> answers = writing.generator().generate(asks);
      for (int i = from; i < to; i++) {
        read(assignments.get(i), answers.get(i - from), writing);
      }
      if (!writing.told(phase, to, assignments.size())) {
        return false;
      }
    }
    return true;
  }

  /** Judges the completions of an assignment and keeps right ones that differ. */
  private void read(Assignment assignment, Generator.Answer answer, Writing writing) {
    Posed posed = assignment.posed();
    Set<String> kept = new HashSet<>();
    for (Completion completion : answer.completions()) {
      String text = writing.generator().text(completion);
      Optional<String> solution = composer.solution(posed.mode(), text);
      var verdict = judge.judge(assignment.problem(), solution, completion.finished());
      Rollout rollout =
          new Rollout(posed, answer.promptTokens(), completion, text, solution, verdict);
      assignment.rollouts().add(rollout);
      writing.harvest().sampled(assignment.kind(), completion, right(rollout));
      if (right(rollout) && kept.size() < settings.keep() && kept.add(text.strip())) {
        writing.keep(
            assignment.kind(),
            assignment.problem().question().id(),
            posed.prompt(),
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
  private record Writing(Generator generator, Harvest harvest, Watcher watcher, boolean bare) {
    void keep(
        OwnAnswer.Kind kind, String problem, Prompt prompt, String text, Completion completion) {
      Prompt learned = bare ? WithoutExamples.strip(prompt) : prompt;
      int[] promptTokens = generator.tokens(learned);
      harvest.keep(
          new OwnAnswer(kind, problem, learned.text(), text, promptTokens, completion.tokens()));
    }

    boolean told(String phase, int done, int total) {
      return watcher.answered(phase, done, total, harvest);
    }
  }

  /**
   * A prompt to be answered.
   *
   * @param rollouts the answers, as they come in
   */
  private record Assignment(
      OwnAnswer.Kind kind, Problem problem, Posed posed, List<Rollout> rollouts) {
    Assignment(OwnAnswer.Kind kind, Problem problem, Posed posed) {
      this(kind, problem, posed, new ArrayList<>());
    }

    /** For the distiller, which needs no advantages. */
    Group group() {
      return new Group(problem, rollouts, 0, new double[rollouts.size()]);
    }
  }
}
