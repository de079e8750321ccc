package io.lanpo.engine.evaluate;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.LessonSelector;
import io.lanpo.engine.rollout.ComposedPrompt;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.PromptComposer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.util.MathArrays;

/**
 * Poses problems to a policy in the modes of an evaluation and judges its answers. A problem is
 * asked with the same noise whatever else is asked, so that policies are compared on common random
 * numbers.
 */
public final class EvaluationSampler {
  private final SamplingSettings sampling;
  private final LessonSelector lessons;
  private final List<Problem> problems;
  private final int samples;
  private final Randomness randomness;
  private final boolean votes;
  private final PromptComposer composer;
  private final VerifierCalls verifier;
  private final Generator generator;

  /**
   * @param problems what the numbers of problems count
   * @param samples completions per problem
   * @param randomness fixes the sampling
   * @param votes whether answers are read for a vote among them
   */
  public EvaluationSampler(
      MethodComponents parts,
      SamplingSettings sampling,
      LessonSelector lessons,
      Policy policy,
      List<Problem> problems,
      int samples,
      Randomness randomness,
      boolean votes) {
    this.sampling = sampling;
    this.lessons = lessons;
    this.problems = problems;
    this.samples = samples;
    this.randomness = randomness;
    this.votes = votes;
    this.composer =
        new PromptComposer(
            parts.task(), parts.reflection(), parts.abstraction(), new ComponentCalls());
    this.verifier = new VerifierCalls(parts.verifier());
    this.generator = new Generator(policy);
    parts.policy().use(generator);
  }

  /**
   * Numbers of the problems to ask, in the task's order.
   *
   * @param size number of problems there are
   * @param most most problems; 0 for all
   */
  public static int[] chosen(int size, int most, Randomness randomness) {
    int[] order = MathArrays.natural(size);
    if (most == 0 || most >= size) {
      return order;
    }
    MathArrays.shuffle(order, randomness.stream("evaluate-problems"));
    int[] first = Arrays.copyOf(order, most);
    Arrays.sort(first);
    return first;
  }

  /** Completion tokens sampled so far. */
  public long generatedTokens() {
    return generator.generatedTokens();
  }

  /** Plain questions: {@code numbers.length * samples} answers, problem by problem. */
  public List<Answer> plain(int[] numbers) {
    List<Asked> asked = new ArrayList<>();
    List<Generator.Request> requests = new ArrayList<>();
    for (int number : numbers) {
      ComposedPrompt composed = composer.scratch(question(number));
      for (int k = 0; k < samples; k++) {
        asked.add(new Asked(number, k, composed, false));
      }
      requests.add(
          new Generator.Request(
              composed.prompt(),
              sampling.answer(),
              samples,
              randomness.seed("evaluate-plain", number)));
    }
    return answers(EvaluationMode.ZERO_SHOT, asked, requests);
  }

  /** Questions with lessons: {@code numbers.length * samples} answers, problem by problem. */
  public List<Answer> retrieve(int[] numbers) {
    List<Asked> asked = new ArrayList<>();
    for (int number : numbers) {
      for (int k = 0; k < samples; k++) {
        Question question = question(number);
        List<Lesson> chosen =
            lessons.select(question, randomness.stream("evaluate-lessons", number, k));
        ComposedPrompt composed = composer.abstraction(question, chosen);
        asked.add(new Asked(number, k, composed, composed.fellBack()));
      }
    }
    return single(EvaluationMode.RETRIEVE, "evaluate-retrieve", asked);
  }

  /**
   * Reviews of answers, one of each. The review of an answer for which there were no lessons to
   * show counts as one without feedback, too.
   *
   * @param mode how the reviewed answers came about and are reviewed
   * @param first the answers that are reviewed
   */
  public List<Answer> review(EvaluationMode mode, List<Answer> first) {
    List<Asked> asked = new ArrayList<>();
    for (Answer answer : first) {
      Question question = question(answer.number());
      Optional<Attempt> attempt =
          Optional.of(answer)
              .filter(a -> a.finished() && !a.text().isBlank())
              .map(a -> new Attempt(question, a.text()));
      ComposedPrompt composed = composer.reflect(question, attempt);
      asked.add(
          new Asked(
              answer.number(),
              answer.sample(),
              composed,
              composed.fellBack() || answer.fellBack()));
    }
    return single(mode, "evaluate-" + Setting.word(mode), asked);
  }

  private record Asked(int number, int sample, ComposedPrompt composed, boolean fellBack) {}

  private List<Answer> single(EvaluationMode mode, String purpose, List<Asked> asked) {
    List<Generator.Request> requests = new ArrayList<>();
    for (Asked one : asked) {
      Sampling how =
          switch (one.composed().mode()) {
            case REFLECT -> sampling.review();
            case SCRATCH, ABSTRACT -> sampling.answer();
          };
      long place = (long) one.number() * samples + one.sample();
      requests.add(
          new Generator.Request(one.composed().prompt(), how, 1, randomness.seed(purpose, place)));
    }
    return answers(mode, asked, requests);
  }

  private List<Answer> answers(
      EvaluationMode mode, List<Asked> asked, List<Generator.Request> requests) {
    List<Answer> judged = new ArrayList<>();
    for (Generator.Result answer : generator.generate(requests)) {
      for (Completion completion : answer.completions()) {
        judged.add(judged(mode, asked.get(judged.size()), completion));
      }
    }
    return judged;
  }

  private Answer judged(EvaluationMode mode, Asked asked, Completion completion) {
    Problem problem = problems.get(asked.number());
    String text = generator.text(completion);
    Optional<String> solution = composer.solution(asked.composed().mode(), text);
    Verdict verdict = verifier.verify(problem, solution, completion.finished());
    boolean scored = verdict instanceof Verdict.Scored;
    return new Answer(
        Setting.word(mode),
        asked.number(),
        asked.sample(),
        problem.question().id(),
        asked.composed().lessons().stream().map(Lesson::id).toList(),
        asked.fellBack(),
        completion.finished(),
        completion.tokens().length,
        scored ? "scored" : verdict instanceof Verdict.Abstained ? "abstained" : "failed",
        verdict instanceof Verdict.Scored s ? s.reward() : 0,
        scored && verifier.accepts(verdict),
        votes ? verifier.answer(solution, completion.finished()).orElse(null) : null,
        verdict.explanation(),
        text);
  }

  private Question question(int number) {
    return problems.get(number).question();
  }
}
