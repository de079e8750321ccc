package io.lanpo.engine.run;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.UpdateReport;
import java.nio.file.Path;
import java.util.List;

/**
 * The policy for text as a run has it: it writes, and whoever would have it do more has taken it
 * for the policy under training.
 */
record WritingPolicy(Policy policy, TextWords words) implements Policy {
  @Override
  public PolicyInfo info() {
    return policy.info();
  }

  @Override
  public Tokenizer tokenizer() {
    return policy.tokenizer();
  }

  @Override
  public long version() {
    return policy.version();
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    return words.told(() -> policy.generate(requests));
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    throw notForThat();
  }

  @Override
  public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    throw notForThat();
  }

  @Override
  public void save(Path folder) {
    throw notForThat();
  }

  @Override
  public void resetOptimizer() {
    throw notForThat();
  }

  @Override
  public void close() {
    policy.close();
  }

  private static IllegalStateException notForThat() {
    return new IllegalStateException("the policy for text only writes");
  }
}
