package io.lanpo.libs.objective;

import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.util.FastMath;

/**
 * Importance weights for completions that other weights sampled than the policy has before its
 * update: older ones, or the same ones in another engine. The clipped surrogate then goes by the
 * policy before the update and not by the one that sampled (decoupled objective, arXiv 2110.00641):
 *
 * <pre>
 * weight = min(p_before / p_sampling, cap)        a token's, without a gradient; cut as in arXiv 1802.01561
 * loss = Σ scale · −weight · min(ρ·A, clip(ρ)·A),   ρ = p / p_before
 * </pre>
 *
 * @param policy scores with its weights before the update
 * @param temperature of the sampling
 * @param cap the most that a token counts
 */
public record ImportanceCorrection(Scorer policy, double temperature, double cap) {
  /**
   * The correction of some completions.
   *
   * @param weights of each completion {@code [T]} how much each token counts, 0 to the cap
   * @param logProbs of each completion {@code [T]} the policy's before the update, in nats
   */
  private record Corrected(List<float[]> weights, List<float[]> logProbs, Figures figures) {}

  /**
   * How far apart the two are, over tokens.
   *
   * @param gap mean |log p_before − log p_sampling|, in nats
   * @param widest the greatest of these
   * @param weight mean weight
   * @param cappedShare share of tokens whose weight was cut
   */
  public record Figures(double gap, double widest, double weight, double cappedShare) {
    /** As metrics: the update itself compares with log-probabilities that are corrected already. */
    public Map<String, Number> byName() {
      Map<String, Number> named = new LinkedHashMap<>();
      named.put("logProbGap", gap);
      named.put("logProbGap.widest", widest);
      named.put("importance", weight);
      named.put("importance.capped", cappedShare);
      return named;
    }
  }

  /**
   * Corrects those whose sampling is known; for the others the policy stands in for itself.
   *
   * @param items are replaced by corrected ones
   * @return empty when there was nothing to correct
   */
  public Optional<Figures> correct(List<Item> items) {
    List<Integer> known = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).samplingLogProbs().length > 0) {
        known.add(i);
      }
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Corrected corrected =
        of(
            known.stream().map(i -> items.get(i).sequence()).toList(),
            known.stream().map(i -> items.get(i).samplingLogProbs()).toList());
    for (int k = 0; k < known.size(); k++) {
      Item item = items.get(known.get(k));
      items.set(
          known.get(k), item.corrected(corrected.weights().get(k), corrected.logProbs().get(k)));
    }
    return Optional.of(corrected.figures());
  }

  /**
   * Scores completions.
   *
   * @param sequences at least one
   * @param sampled of each {@code [T]} the log-probability with which each token was sampled
   */
  private Corrected of(List<Sequence> sequences, List<float[]> sampled) {
    List<float[]> before = policy.logProbs(sequences, temperature);
    List<float[]> weights = new ArrayList<>(before.size());
    SummaryStatistics gaps = new SummaryStatistics();
    SummaryStatistics kept = new SummaryStatistics();
    long capped = 0;
    for (int i = 0; i < before.size(); i++) {
      float[] weight = new float[before.get(i).length];
      for (int t = 0; t < weight.length; t++) {
        double difference = (double) before.get(i)[t] - sampled.get(i)[t];
        double ratio = FastMath.exp(difference);
        capped += ratio > cap ? 1 : 0;
        weight[t] = (float) FastMath.min(ratio, cap);
        gaps.addValue(FastMath.abs(difference));
        kept.addValue(weight[t]);
      }
      weights.add(weight);
    }
    return new Corrected(
        weights,
        before,
        new Figures(gaps.getMean(), gaps.getMax(), kept.getMean(), (double) capped / gaps.getN()));
  }
}
