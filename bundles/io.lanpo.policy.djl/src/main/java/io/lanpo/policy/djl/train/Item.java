package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import org.jspecify.annotations.Nullable;

/**
 * An example of an update.
 *
 * @param term number of its term
 * @param loss the term's loss
 * @param outcome what a {@link Loss.Custom} made of it; null with another loss
 */
record Item(TrainingExample example, int term, Loss loss, TokenLoss.@Nullable Outcome outcome) {
  Sequence sequence() {
    return example.sequence();
  }

  int length() {
    return sequence().completion().length;
  }

  boolean sampled() {
    return example.samplingLogProbs().length > 0;
  }
}
