package io.lanpo.engine.run.policy;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.UpdateReport;
import java.nio.file.Path;
import java.util.List;

/**
 * A policy's initial weights, which another policy has in memory: it scores, and does nothing else.
 *
 * @param scorer scores with the initial weights
 * @param learning the policy that has them
 */
record ReferencePolicy(Scorer scorer, Policy learning) implements Policy {
  @Override
  public PolicyInfo info() {
    return learning.info();
  }

  @Override
  public Tokenizer tokenizer() {
    return learning.tokenizer();
  }

  /** It has not learned. */
  @Override
  public long version() {
    return 0;
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    return scorer.logProbs(sequences, temperature);
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    throw scoresOnly();
  }

  @Override
  public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    throw scoresOnly();
  }

  @Override
  public void save(Path folder) {
    throw scoresOnly();
  }

  @Override
  public void resetOptimizer() {
    throw scoresOnly();
  }

  private static IllegalStateException scoresOnly() {
    return new IllegalStateException("a reference policy only scores");
  }

  /** The other policy frees the memory. */
  @Override
  public void close() {}
}
