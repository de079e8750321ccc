package io.lanpo.engine.evaluate;

import io.lanpo.api.policy.Policy;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Score;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.engine.rollout.MethodComponents;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.util.FastMath;

/**
 * Held-out accuracy as a run measures it on its way, in the modes of a {@link EvaluationSampler}.
 *
 * @param lessons chooses lessons for {@link EvaluationMode#RETRIEVE}
 * @param texts of so many problems the first completion in each mode is kept as text
 */
public record Evaluator(
    MethodComponents parts, SamplingSettings sampling, RelevantLessons lessons, int texts) {
  /**
   * Evaluates on the task's held-out problems.
   *
   * @param modes which of {@link EvaluationMode#ofRuns()}
   * @param problems most problems; 0 for all. Which ones depends on the seed only
   * @param samples completions per problem
   * @param randomness fixes the sampling
   * @param done is called when a mode is over
   */
  public Evaluation evaluate(
      Policy policy,
      Collection<EvaluationMode> modes,
      int problems,
      int samples,
      Randomness randomness,
      Runnable done) {
    List<Problem> all = parts.task().heldOut();
    int[] numbers = EvaluationSampler.chosen(all.size(), problems, randomness);
    TextSamples kept = TextSamples.ofFirst(texts, numbers);
    EvaluationSampler questioner =
        new EvaluationSampler(
            parts, sampling, lessons, policy, all, samples, randomness, false, kept);
    Map<EvaluationMode, Score> scores = new EnumMap<>(EvaluationMode.class);
    if (modes.contains(EvaluationMode.ZERO_SHOT) || modes.contains(EvaluationMode.REFLECT)) {
      List<Answer> plain = questioner.plain(numbers);
      if (modes.contains(EvaluationMode.ZERO_SHOT)) {
        scores.put(EvaluationMode.ZERO_SHOT, score(plain, samples));
        done.run();
      }
      if (modes.contains(EvaluationMode.REFLECT)) {
        List<Answer> reviews = questioner.review(EvaluationMode.REFLECT, plain);
        scores.put(EvaluationMode.REFLECT, score(reviews, samples));
        done.run();
      }
    }
    if (modes.contains(EvaluationMode.RETRIEVE)) {
      lessons.refresh();
      scores.put(EvaluationMode.RETRIEVE, score(questioner.retrieve(numbers), samples));
      done.run();
    }
    return new Evaluation(modes.size() > 1, scores, kept.kept());
  }

  /**
   * The score of answers in one mode.
   *
   * @param samples completions per problem
   */
  public static Score score(List<Answer> answers, int samples) {
    Map<Integer, SummaryStatistics> byProblem = new TreeMap<>();
    int fellBack = 0;
    int uncondensed = 0;
    int finished = 0;
    for (Answer answer : answers) {
      fellBack += answer.fellBack() ? 1 : 0;
      uncondensed += answer.uncondensed() ? 1 : 0;
      finished += answer.finished() ? 1 : 0;
      if (answer.scored()) {
        byProblem
            .computeIfAbsent(answer.number(), n -> new SummaryStatistics())
            .addValue(answer.reward());
      }
    }
    SummaryStatistics means = new SummaryStatistics();
    byProblem.values().forEach(problem -> means.addValue(problem.getMean()));
    long n = means.getN();
    return new Score(
        n == 0 ? 0 : means.getMean(),
        n < 2 ? 0 : means.getStandardDeviation() / FastMath.sqrt(n),
        (int) n,
        samples,
        answers.isEmpty() ? 0 : (double) fellBack / answers.size(),
        answers.isEmpty() ? 0 : (double) finished / answers.size(),
        answers.isEmpty() ? 0 : (double) uncondensed / answers.size());
  }
}
