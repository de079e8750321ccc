package io.lanpo.engine.rollout;

import io.lanpo.engine.call.CallCounts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The completions of a step, sampled and judged, before anything is learned from them.
 *
 * @param step the step's number
 * @param policyVersion updates that the weights had seen which sampled them
 * @param groups a group for each problem, those that were added to get enough that teach at the end
 * @param figures what it took
 * @param seconds elapsed seconds by part
 */
public record StepRollouts(
    int step,
    long policyVersion,
    List<Group> groups,
    Figures figures,
    Map<String, Double> seconds) {

  /**
   * What it took to collect a step's completions.
   *
   * @param generatedTokens completion tokens sampled, those of a judging filter included
   * @param promptTokens prompt tokens read for them
   * @param attempts of these, what attempts took that were sampled to be reviewed
   * @param condensed of these, what condensing lessons took
   * @param lessonsWithheld lessons that were not shown, as they come from a near-duplicate
   * @param similarity what the similarity filter counted
   * @param strategies calls and failures of the strategies
   * @param verifier calls and failures of the verifier
   */
  public record Figures(
      long generatedTokens,
      long promptTokens,
      @Nullable SampledAttempts attempts,
      @Nullable Condensed condensed,
      long lessonsWithheld,
      Map<String, Long> similarity,
      CallCounts strategies,
      CallCounts verifier) {

    /** None where they are not told of: in what an older version left to be learned from. */
    @Override
    public SampledAttempts attempts() {
      return attempts == null ? SampledAttempts.NONE : attempts;
    }

    /** None where it is not told of, likewise. */
    @Override
    public Condensed condensed() {
      return condensed == null ? Condensed.NONE : condensed;
    }
  }

  /**
   * Attempts that were sampled to be reviewed, where a group has no plain completion of its own.
   * They belong to no group: they are neither judged nor learned from.
   *
   * @param count how many
   * @param tokens completion tokens
   */
  public record SampledAttempts(int count, long tokens) {
    static final SampledAttempts NONE = new SampledAttempts(0, 0);

    SampledAttempts and(SampledAttempts more) {
      return new SampledAttempts(count + more.count, tokens + more.tokens);
    }
  }

  /**
   * Lessons that the policy condensed before they were shown.
   *
   * @param texts how many texts it wrote
   * @param failed how often it was asked for one and wrote none
   * @param tokens completion tokens of both
   */
  public record Condensed(int texts, int failed, long tokens) {
    static final Condensed NONE = new Condensed(0, 0, 0);

    Condensed plus(int moreTexts, int moreFailed, long moreTokens) {
      return new Condensed(texts + moreTexts, failed + moreFailed, tokens + moreTokens);
    }
  }
}
