package io.lanpo.engine.evaluate;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.engine.rollout.ComposedPrompt;
import io.lanpo.engine.rollout.LessonPrompts;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.Rollout;
import io.lanpo.engine.rollout.RolloutSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.util.MathArrays;

/**
 * Samples answers of a policy in the modes of an evaluation and has them judged. A problem is asked
 * with the same noise whatever else is asked, so that policies are compared on common random
 * numbers.
 */
public final class EvaluationSampler {
  private final RelevantLessons lessons;
  private final List<Problem> problems;
  private final int samples;
  private final Randomness randomness;
  private final boolean votes;
  private final TextSamples texts;
  private final RolloutSampler rollouts;
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
      RelevantLessons lessons,
      Policy policy,
      List<Problem> problems,
      int samples,
      Randomness randomness,
      boolean votes) {
    this(
        parts, sampling, lessons, policy, problems, samples, randomness, votes, TextSamples.none());
  }

  /**
   * As the other one.
   *
   * @param texts keeps some of the completions
   */
  EvaluationSampler(
      MethodComponents parts,
      SamplingSettings sampling,
      RelevantLessons lessons,
      Policy policy,
      List<Problem> problems,
      int samples,
      Randomness randomness,
      boolean votes,
      TextSamples texts) {
    this.lessons = lessons;
    this.problems = problems;
    this.samples = samples;
    this.randomness = randomness;
    this.votes = votes;
    this.texts = texts;
    this.rollouts = new RolloutSampler(parts, sampling);
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
    List<RolloutSampler.Request> requests = new ArrayList<>();
    for (int number : numbers) {
      ComposedPrompt composed = rollouts.composer().scratch(question(number));
      for (int k = 0; k < samples; k++) {
        asked.add(new Asked(number, k, composed, false, false));
      }
      requests.add(
          new RolloutSampler.Request(
              problems.get(number), composed, samples, randomness.seed("evaluate-plain", number)));
    }
    return answers(EvaluationMode.ZERO_SHOT, asked, requests);
  }

  /** Questions with lessons: {@code numbers.length * samples} answers, problem by problem. */
  public List<Answer> retrieve(int[] numbers) {
    List<LessonPrompts.Wanted> wanted = new ArrayList<>();
    for (int number : numbers) {
      for (int k = 0; k < samples; k++) {
        wanted.add(
            new LessonPrompts.Wanted(
                question(number),
                randomness.seed("evaluate-lessons", number, k),
                randomness.seed("evaluate-condensing", number)));
      }
    }
    List<ComposedPrompt> prompts = rollouts.withLessons().compose(wanted, lessons, generator);
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      ComposedPrompt composed = prompts.get(i);
      asked.add(
          new Asked(
              numbers[i / samples],
              i % samples,
              composed,
              composed.fellBack(),
              composed.uncondensed()));
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
              .filter(a -> a.finished() && !a.shown().isBlank())
              .map(a -> new Attempt(question, a.shown()));
      ComposedPrompt composed = rollouts.composer().reflect(question, attempt);
      asked.add(
          new Asked(
              answer.number(),
              answer.sample(),
              composed,
              composed.fellBack() || answer.fellBack(),
              false));
    }
    return single(mode, "evaluate-" + Setting.word(mode), asked);
  }

  private record Asked(
      int number, int sample, ComposedPrompt composed, boolean fellBack, boolean uncondensed) {}

  private List<Answer> single(EvaluationMode mode, String purpose, List<Asked> asked) {
    List<RolloutSampler.Request> requests = new ArrayList<>();
    for (Asked one : asked) {
      long place = (long) one.number() * samples + one.sample();
      requests.add(
          new RolloutSampler.Request(
              problems.get(one.number()), one.composed(), 1, randomness.seed(purpose, place)));
    }
    return answers(mode, asked, requests);
  }

  private List<Answer> answers(
      EvaluationMode mode, List<Asked> asked, List<RolloutSampler.Request> requests) {
    List<Answer> answers = new ArrayList<>();
    for (List<Rollout> ofRequest : rollouts.sample(requests, generator).get()) {
      for (Rollout rollout : ofRequest) {
        answers.add(answer(mode, asked.get(answers.size()), rollout));
      }
    }
    return answers;
  }

  private Answer answer(EvaluationMode mode, Asked asked, Rollout rollout) {
    Outcome outcome = rollout.outcome(0);
    String problem = problems.get(asked.number()).question().id();
    texts.add(mode, asked.number(), asked.sample(), problem, rollout);
    return new Answer(
        Setting.word(mode),
        asked.number(),
        asked.sample(),
        problem,
        rollout.composed().lessons().stream().map(Lesson::id).toList(),
        asked.fellBack(),
        asked.uncondensed(),
        rollout.completion().finished(),
        rollout.completion().tokens().length,
        Setting.word(outcome.kind()),
        outcome.reward(),
        outcome.accepted(),
        votes ? rollouts.answer(rollout).orElse(null) : null,
        outcome.explanation(),
        rollout.text(),
        rollout.answer().equals(rollout.text()) ? null : rollout.answer());
  }

  private Question question(int number) {
    return problems.get(number).question();
  }
}
