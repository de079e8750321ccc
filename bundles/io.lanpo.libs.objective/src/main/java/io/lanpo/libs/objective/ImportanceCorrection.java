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
 * weight = min(p_before / p_sampling, cap)        without a gradient; or as the rule has it
 * loss = Σ scale · −weight · min(ρ·A, clip(ρ)·A),   ρ = p / p_before
 * </pre>
 *
 * @param policy scores with its weights before the update
 * @param temperature of the sampling
 * @param rule how a ratio becomes a weight
 */
public record ImportanceCorrection(Scorer policy, double temperature, ImportanceRule rule) {
  /** A weight for each token, cut at a cap. */
  public ImportanceCorrection(Scorer policy, double temperature, double cap) {
    this(
        policy,
        temperature,
        new ImportanceRule(ImportanceRule.Level.TOKEN, ImportanceRule.Form.TRUNCATE, cap));
  }

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
   * @param form what became of ratios above the cap
   * @param beyondShare share of ratios above the cap: of the tokens', or of the completions'
   */
  public record Figures(
      double gap, double widest, double weight, ImportanceRule.Form form, double beyondShare) {
    /** As metrics: the update itself compares with log-probabilities that are corrected already. */
    public Map<String, Number> byName() {
      Map<String, Number> named = new LinkedHashMap<>();
      named.put("logProbGap", gap);
      named.put("logProbGap.widest", widest);
      named.put("importance", weight);
      named.put(
          form == ImportanceRule.Form.MASK ? "importance.rejected" : "importance.capped",
          beyondShare);
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
    long ratios = 0;
    long beyond = 0;
    for (int i = 0; i < before.size(); i++) {
      ImportanceRule.Weights of = rule.of(before.get(i), sampled.get(i));
      ratios += of.ratios();
      beyond += of.beyond();
      for (int t = 0; t < of.weights().length; t++) {
        gaps.addValue(FastMath.abs((double) before.get(i)[t] - sampled.get(i)[t]));
        kept.addValue(of.weights()[t]);
      }
      weights.add(of.weights());
    }
    return new Corrected(
        weights,
        before,
        new Figures(
            gaps.getMean(), gaps.getMax(), kept.getMean(), rule.form(), (double) beyond / ratios));
  }
}
