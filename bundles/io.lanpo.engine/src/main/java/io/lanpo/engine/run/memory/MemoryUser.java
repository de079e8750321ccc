package io.lanpo.engine.run.memory;

import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.Workload;

/** A policy of a run, before it is opened, as far as its memory is concerned. */
public interface MemoryUser {
  /** The memory that it takes of this machine; without parts when it takes none. */
  MemoryEstimate memory(Workload workload);

  /** The memory that the policy it begins as takes beside it, as a reference. */
  default MemoryEstimate reference(Workload workload) {
    return memory(workload);
  }

  /** Whether it has to go through a cold start first. */
  default boolean startsCold() {
    return false;
  }

  /** The tokenizer that it has or will have. */
  Tokenizer tokenizer();
}
