package io.lanpo.similarity;

import io.lanpo.api.similarity.SimilarityFilter.Hit;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.similarity.TextGenerator;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Asks the policy about the candidates that the lexical filter finds most relevant. A judgement
 * holds as long as the policy stays the same: a changed one would judge otherwise, and a run that
 * is resumed has none of the earlier judgements but must score as it would have.
 */
final class JudgeScorer implements Scorer {
  /** The score of a candidate that the policy is not asked about: below all that it may say. */
  static final double NOT_ASKED = -1;

  private final Scorer lexical;
  private final TextGenerator policy;
  private final BiFunction<Question, Question, Prompt> prompt;
  private final JudgeLimits limits;
  private final ScoreReader reader;
  private final Map<Pair, Double> judgements = new HashMap<>();
  private long state;
  private long asked;
  private long cached;
  private long unreadable;

  /**
   * @param lexical chooses what the policy is asked about
   * @param prompt asks about the question at hand and a past one
   */
  JudgeScorer(
      Scorer lexical,
      TextGenerator policy,
      BiFunction<Question, Question, Prompt> prompt,
      JudgeLimits limits) {
    this.lexical = lexical;
    this.policy = policy;
    this.prompt = prompt;
    this.limits = limits;
    this.reader = new ScoreReader(limits.full());
  }

  /** Texts, for questions with one text are one to the policy. */
  private record Pair(String query, String candidate) {}

  @Override
  public synchronized double[] scores(Question query, List<Question> candidates) {
    double[] scores = new double[candidates.size()];
    Arrays.fill(scores, NOT_ASKED);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Question candidate = candidates.get(i);
      if (candidate.sameProblem(query)) {
        scores[i] = 1;
      } else {
        places.add(i);
      }
    }
    List<Question> others = places.stream().map(candidates::get).toList();
    List<Hit> chosen = lexical.best(query, others, limits.candidates());
    judge(query, chosen.stream().map(hit -> others.get(hit.index())).toList());
    for (Hit hit : chosen) {
      Pair pair = new Pair(query.text(), others.get(hit.index()).text());
      scores[places.get(hit.index())] = judgements.getOrDefault(pair, limits.unreadable());
    }
    return scores;
  }

  @Override
  public synchronized Map<String, Long> figures() {
    return Map.of("asked", asked, "cached", cached, "unreadable", unreadable);
  }

  /** Sees to it that there is a judgement of each candidate. */
  private void judge(Question query, List<Question> candidates) {
    if (state != policy.version()) {
      state = policy.version();
      judgements.clear();
    }
    Set<Pair> seen = new HashSet<>();
    List<Pair> open = new ArrayList<>();
    List<Prompt> prompts = new ArrayList<>();
    for (Question candidate : candidates) {
      Pair pair = new Pair(query.text(), candidate.text());
      if (judgements.containsKey(pair)) {
        cached++;
      } else if (seen.add(pair)) {
        open.add(pair);
        prompts.add(prompt.apply(query, candidate));
      }
    }
    if (open.isEmpty()) {
      return;
    }
    asked += open.size();
    List<String> answers = policy.generate(prompts, limits.maxTokens());
    for (int i = 0; i < open.size(); i++) {
      OptionalDouble score = reader.read(answers.get(i));
      unreadable += score.isPresent() ? 0 : 1;
      judgements.put(open.get(i), score.orElse(limits.unreadable()));
    }
  }
}
