package io.lanpo.engine.run.policy;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Tokenizer;
import java.util.List;

/** The policy for text as a run has it: what it says names it. */
record AuxiliarySampler(Policy policy, AuxiliaryMessages messages) implements Sampler {
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
    return messages.call(() -> policy.generate(requests));
  }
}
