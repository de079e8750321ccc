package io.lanpo.api.policy;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A loss by its value and its slopes. A policy scores the examples of a term under its current
 * weights, asks this function, and takes a step along {@code Σ slope · ∇ log p}. So any loss that
 * depends on the weights through the log-probabilities of the completions' tokens can be written
 * here, without a backend knowing it:
 *
 * <pre>
 * cross-entropy     loss = Σ −scale·log p     slope = −scale
 * PPO, unclipped    loss = Σ −scale·ρ·A       slope = −scale·ρ·A
 * </pre>
 *
 * <p>The same arguments give the same result; it is called once for each update and term.
 */
@FunctionalInterface
@ConsumerType
public interface TokenLoss {
  /**
   * The loss of a term's examples.
   *
   * @param examples all examples of the term in this update; whatever a loss needs of them (scale,
   *     advantages, log-probabilities under sampling and reference) is there as the term's author
   *     put it
   * @param logProbs for each example {@code [T]} the log-probability in nats of each completion
   *     token under the current weights, at the loss's temperature
   * @return one outcome for each example, in order
   */
  List<Outcome> of(List<TrainingExample> examples, List<float[]> logProbs);

  /**
   * What an example adds to the loss. It may depend on other examples; then the values add up to
   * the loss, and the slopes are those of the sum.
   *
   * @param loss its share of the loss's value, for reports
   * @param slopes {@code [T]} derivative of the whole loss by each token's log-probability
   * @param clippedLow tokens that a lower bound has cut, for reports
   * @param clippedHigh tokens that an upper bound has cut, for reports
   */
  record Outcome(double loss, float[] slopes, int clippedLow, int clippedHigh) {
    /** An outcome without bounds. */
    public Outcome(double loss, float[] slopes) {
      this(loss, slopes, 0, 0);
    }
  }
}
