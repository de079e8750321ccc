package io.lanpo.api.preview;

import io.lanpo.api.policy.Choice;
import java.util.List;

/**
 * The memory that a planned run would take, by the estimate that decides before every run.
 *
 * @param bytes at its peak; 0 when the policy takes none of this machine's
 * @param available bytes that the machine has for it
 * @param advice settings that would make it smaller, what takes most first
 * @param choices what the backend chooses for this machine
 */
public record MemoryPreview(long bytes, long available, List<String> advice, List<Choice> choices) {
  public MemoryPreview {
    advice = List.copyOf(advice);
    choices = List.copyOf(choices);
  }

  /** Whether a run would not be refused. */
  public boolean fits() {
    return bytes <= available;
  }
}
