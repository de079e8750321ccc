package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * What happens when a run would not fit into the machine's memory.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record MemorySettings(Check check, int promptTokens) {
  /** What happens when the estimate exceeds what is available. */
  public enum Check {
    /** The run is refused. */
    REFUSE,
    /** The run goes on with a warning. */
    WARN,
    /** Nothing is estimated. */
    OFF
  }

  static final Setting<Check> MEMORY_CHECK =
      Setting.choice(
          "memory.check",
          Check.class,
          "what happens when the policy would need more memory than the machine has");

  static final Setting<Integer> MEMORY_PROMPT_TOKENS =
      Setting.integer(
          "memory.prompt-tokens",
          0,
          0,
          10_000_000,
          "tokens",
          "longest prompt that is expected; 0: that of the task's longest problems with"
              + " an attempt or lessons of full length");

  static final List<Setting<?>> DECLARED = List.of(MEMORY_CHECK, MEMORY_PROMPT_TOKENS);

  static MemorySettings of(Settings settings) {
    return new MemorySettings(settings.get(MEMORY_CHECK), settings.get(MEMORY_PROMPT_TOKENS));
  }
}
