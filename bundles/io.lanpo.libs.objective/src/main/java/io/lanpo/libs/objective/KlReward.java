package io.lanpo.libs.objective;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * A KL penalty as a part of the reward, as in REINFORCE++ (arXiv 2501.03262): from the reward of a
 * completion the estimate is taken off, summed over its tokens,
 *
 * <pre>
 * r′ = r − Σ_t weight · k_t,   k_t from log p_ref − log p_sampling
 * </pre>
 *
 * <p>The policy is the one that sampled, and both go by the prompt that it sampled from, feedback
 * included. No gradient goes through the estimate.
 *
 * @param penalty of a token
 */
public record KlReward(KlPenalty penalty) {
  /**
   * What is added to the rewards.
   *
   * @param reference scores with the reference's weights
   * @param temperature of the sampling
   * @return {@code [groups][completions]}; 0 for what has no reward or no token
   */
  public List<double[]> of(List<JudgedGroup> groups, Scorer reference, double temperature) {
    List<JudgedCompletion> scored =
        groups.stream().flatMap(g -> g.completions().stream()).filter(KlReward::counts).toList();
    List<float[]> scores =
        scored.isEmpty()
            ? List.of()
            : reference.logProbs(
                scored.stream().map(c -> new Sequence(c.prompt(), c.tokens())).toList(),
                temperature);
    List<double[]> all = new ArrayList<>(groups.size());
    int next = 0;
    for (JudgedGroup group : groups) {
      double[] added = new double[group.completions().size()];
      for (int i = 0; i < added.length; i++) {
        JudgedCompletion completion = group.completions().get(i);
        if (counts(completion)) {
          added[i] = -penalty.of(completion.samplingLogProbs(), scores.get(next++));
        }
      }
      all.add(added);
    }
    return all;
  }

  private static boolean counts(JudgedCompletion completion) {
    return completion.reward().isPresent() && completion.tokens().length > 0;
  }
}
