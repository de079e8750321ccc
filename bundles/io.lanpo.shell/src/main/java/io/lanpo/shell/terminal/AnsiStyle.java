package io.lanpo.shell.terminal;

import io.lanpo.api.train.RunState;

/**
 * Colours, by what they mean.
 *
 * @param enabled false leaves every text as it is
 */
public record AnsiStyle(boolean enabled) {
  /** A heading. */
  public String heading(String text) {
    return painted("1", text);
  }

  /** A word that was looked for. */
  public String match(String text) {
    return painted("1;33", text);
  }

  /** Something that does not work. */
  public String problem(String text) {
    return painted("31", text);
  }

  /** A run's state. */
  public String state(RunState state, String text) {
    return switch (state) {
      case RUNNING -> painted("36", text);
      case FINISHED -> painted("32", text);
      case FAILED, DAMAGED -> painted("31", text);
      case STOPPED, INTERRUPTED -> painted("33", text);
    };
  }

  private String painted(String code, String text) {
    return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
