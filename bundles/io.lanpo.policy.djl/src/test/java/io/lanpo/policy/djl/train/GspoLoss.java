package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.libs.objective.SequenceRatio;
import java.util.ArrayList;
import java.util.List;

/**
 * GSPO as the product's objectives have it, with the k3 penalty of GRPO added to it:
 *
 * <pre>
 * Σ scale · kl · (exp(r) − r − 1),  r = log p_ref − log p
 * </pre>
 */
record GspoLoss(double low, double high, double kl) implements TokenLoss {
  @Override
  public List<Outcome> of(List<TrainingExample> examples, List<float[]> logProbs) {
    List<Outcome> ratios = new SequenceRatio(low, high).of(examples, logProbs);
    List<Outcome> outcomes = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      outcomes.add(
          kl > 0 ? penalised(ratios.get(i), examples.get(i), logProbs.get(i)) : ratios.get(i));
    }
    return outcomes;
  }

  private Outcome penalised(Outcome ratio, TrainingExample example, float[] logProbs) {
    double loss = ratio.loss();
    float[] slopes = ratio.slopes().clone();
    for (int t = 0; t < slopes.length; t++) {
      float scale = example.scale()[t];
      double r = (double) example.referenceLogProbs()[t] - logProbs[t];
      loss += scale * kl * (Math.exp(r) - r - 1);
      slopes[t] += (float) (scale * kl * (1 - Math.exp(r)));
    }
    return new Outcome(loss, slopes, ratio.clippedLow(), ratio.clippedHigh());
  }
}
