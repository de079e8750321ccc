package io.lanpo.engine.method;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Score;
import io.lanpo.engine.config.SamplingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.util.FastMath;
import org.apache.commons.math3.util.MathArrays;

/**
 * Held-out accuracy in three modes: plain; answer, reflect and answer again; with lessons from the
 * pool. The same seed asks the same questions with the same noise, so policies are compared on
 * common random numbers.
 */
public final class Evaluator {
  private final MethodComponents parts;
  private final SamplingSettings sampling;
  private final LessonSelector lessons;

  /**
   * @param lessons chooses lessons for {@link EvaluationMode#RETRIEVE}
   */
  public Evaluator(MethodComponents parts, SamplingSettings sampling, LessonSelector lessons) {
    this.parts = parts;
    this.sampling = sampling;
    this.lessons = lessons;
  }

  /**
   * Evaluates on the task's held-out problems.
   *
   * @param modes which modes
   * @param problems most problems; 0 for all. Which ones depends on the seed only, and one of them
   *     is asked with the same noise whether or not the others are
   * @param samples completions per problem
   * @param randomness fixes the sampling
   */
  public Map<EvaluationMode, Score> evaluate(
      Policy policy,
      Collection<EvaluationMode> modes,
      int problems,
      int samples,
      Randomness randomness) {
    Pass pass = new Pass(policy, problems, samples, randomness);
    Map<EvaluationMode, Score> scores = new EnumMap<>(EvaluationMode.class);
    if (modes.contains(EvaluationMode.ZERO_SHOT) || modes.contains(EvaluationMode.REFLECT)) {
      List<Sample> plain = pass.plain();
      if (modes.contains(EvaluationMode.ZERO_SHOT)) {
        scores.put(EvaluationMode.ZERO_SHOT, pass.score(plain));
      }
      if (modes.contains(EvaluationMode.REFLECT)) {
        scores.put(EvaluationMode.REFLECT, pass.score(pass.reflect(plain)));
      }
    }
    if (modes.contains(EvaluationMode.RETRIEVE)) {
      scores.put(EvaluationMode.RETRIEVE, pass.score(pass.retrieve()));
    }
    return scores;
  }

  /** Numbers of the problems to ask, in the task's order. */
  private static int[] chosen(int size, int most, Randomness randomness) {
    int[] order = MathArrays.natural(size);
    if (most == 0 || most >= size) {
      return order;
    }
    MathArrays.shuffle(order, randomness.stream("evaluate-problems"));
    int[] first = Arrays.copyOf(order, most);
    Arrays.sort(first);
    return first;
  }

  /**
   * One answer to a problem.
   *
   * @param problem index among the problems asked
   */
  private record Sample(int problem, Posed posed, Completion completion, String text) {}

  /** One policy on held-out problems. */
  private final class Pass {
    private final int[] numbers;
    private final List<Problem> problems;
    private final Composer composer =
        new Composer(parts.task(), parts.reflection(), parts.abstraction(), new Guard());
    private final Judge judge = new Judge(parts.verifier());
    private final Generator generator;
    private final int samples;
    private final Randomness randomness;

    Pass(Policy policy, int most, int samples, Randomness randomness) {
      List<Problem> all = parts.task().heldOut();
      this.numbers = chosen(all.size(), most, randomness);
      this.problems = Arrays.stream(numbers).mapToObj(all::get).toList();
      this.generator = new Generator(policy);
      parts.policy().lend(generator);
      this.samples = samples;
      this.randomness = randomness;
    }

    List<Sample> plain() {
      List<Posed> posed =
          problems.stream().map(problem -> composer.scratch(problem.question())).toList();
      List<Generator.Ask> asks = new ArrayList<>();
      for (int i = 0; i < posed.size(); i++) {
        asks.add(
            new Generator.Ask(
                posed.get(i).prompt(),
                sampling.answer(),
                samples,
                randomness.seed("evaluate-plain", numbers[i])));
      }
      List<Sample> answered = new ArrayList<>();
      List<Generator.Answer> answers = generator.generate(asks);
      for (int i = 0; i < answers.size(); i++) {
        for (Completion completion : answers.get(i).completions()) {
          answered.add(new Sample(i, posed.get(i), completion, generator.text(completion)));
        }
      }
      return answered;
    }

    List<Sample> reflect(List<Sample> plain) {
      List<Integer> of = plain.stream().map(Sample::problem).toList();
      List<Posed> posed = new ArrayList<>();
      for (Sample sample : plain) {
        var question = problems.get(sample.problem()).question();
        Optional<Attempt> attempt =
            Optional.of(sample)
                .filter(s -> s.completion().finished() && !s.text().isBlank())
                .map(s -> new Attempt(question, s.text()));
        posed.add(composer.reflect(question, attempt));
      }
      return single("evaluate-reflect", of, posed);
    }

    List<Sample> retrieve() {
      lessons.refresh();
      List<Integer> of = new ArrayList<>();
      List<Posed> posed = new ArrayList<>();
      for (int i = 0; i < problems.size(); i++) {
        for (int k = 0; k < samples; k++) {
          var question = problems.get(i).question();
          of.add(i);
          posed.add(
              composer.abstraction(
                  question,
                  lessons.select(question, randomness.stream("evaluate-lessons", numbers[i], k))));
        }
      }
      return single("evaluate-retrieve", of, posed);
    }

    /** One completion for each; problems come in order, each as often as there are samples. */
    private List<Sample> single(String purpose, List<Integer> of, List<Posed> posed) {
      List<Generator.Ask> asks = new ArrayList<>();
      for (int i = 0; i < posed.size(); i++) {
        Sampling how =
            switch (posed.get(i).mode()) {
              case REFLECT -> sampling.review();
              case SCRATCH, ABSTRACT -> sampling.answer();
            };
        long place = (long) numbers[of.get(i)] * samples + i % samples;
        asks.add(new Generator.Ask(posed.get(i).prompt(), how, 1, randomness.seed(purpose, place)));
      }
      List<Sample> answered = new ArrayList<>();
      List<Generator.Answer> answers = generator.generate(asks);
      for (int i = 0; i < answers.size(); i++) {
        Completion completion = answers.get(i).completions().get(0);
        answered.add(new Sample(of.get(i), posed.get(i), completion, generator.text(completion)));
      }
      return answered;
    }

    Score score(List<Sample> answered) {
      SummaryStatistics[] byProblem = new SummaryStatistics[problems.size()];
      int fellBack = 0;
      int finished = 0;
      for (Sample sample : answered) {
        Optional<String> solution = composer.solution(sample.posed().mode(), sample.text());
        var verdict =
            judge.judge(problems.get(sample.problem()), solution, sample.completion().finished());
        fellBack += sample.posed().fellBack() ? 1 : 0;
        finished += sample.completion().finished() ? 1 : 0;
        if (verdict instanceof io.lanpo.api.reward.Verdict.Scored scored) {
          if (byProblem[sample.problem()] == null) {
            byProblem[sample.problem()] = new SummaryStatistics();
          }
          byProblem[sample.problem()].addValue(scored.reward());
        }
      }
      SummaryStatistics means = new SummaryStatistics();
      for (SummaryStatistics problem : byProblem) {
        if (problem != null) {
          means.addValue(problem.getMean());
        }
      }
      long n = means.getN();
      return new Score(
          n == 0 ? 0 : means.getMean(),
          n < 2 ? 0 : means.getStandardDeviation() / FastMath.sqrt(n),
          (int) n,
          samples,
          answered.isEmpty() ? 0 : (double) fellBack / answered.size(),
          answered.isEmpty() ? 0 : (double) finished / answered.size());
    }
  }
}
