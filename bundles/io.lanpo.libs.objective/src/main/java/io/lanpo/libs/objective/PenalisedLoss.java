package io.lanpo.libs.objective;

import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss with a KL penalty added to it, which is averaged as the loss is: {@code Σ scale · k}.
 * Every example needs log-probabilities of the reference.
 *
 * @param loss the loss without it
 * @param penalty the penalty of a token
 */
public record PenalisedLoss(TokenLoss loss, KlPenalty penalty) implements TokenLoss {
  @Override
  public List<Outcome> of(List<TrainingExample> examples, List<float[]> logProbs) {
    List<Outcome> without = loss.of(examples, logProbs);
    List<Outcome> outcomes = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      outcomes.add(penalised(without.get(i), examples.get(i), logProbs.get(i)));
    }
    return outcomes;
  }

  private Outcome penalised(Outcome without, TrainingExample example, float[] now) {
    double sum = without.loss();
    float[] slopes = without.slopes().clone();
    for (int t = 0; t < slopes.length; t++) {
      double scale = example.scale()[t];
      double reference = example.referenceLogProbs()[t];
      sum += scale * penalty.of(now[t], reference);
      slopes[t] += (float) (scale * penalty.slope(now[t], reference));
    }
    return new Outcome(sum, slopes, without.clippedLow(), without.clippedHigh());
  }
}
