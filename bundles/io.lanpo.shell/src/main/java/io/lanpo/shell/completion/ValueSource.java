package io.lanpo.shell.completion;

import io.lanpo.shell.command.Completes.Values;
import java.util.List;
import java.util.Map;

/** Knows the values of a kind that are there now. */
public interface ValueSource {
  /**
   * The values that a word may become; those that do not begin like it may be among them.
   *
   * @param word what was typed of it
   */
  List<Choice> choices(Values kind, String word, Given given) throws InterruptedException;

  /**
   * What a command line has said before.
   *
   * @param named the first value of a kind
   * @param settings what its {@code --set} say
   */
  record Given(Map<Values, String> named, Map<String, String> settings) {
    /** The value of a kind; empty when there is none. */
    String of(Values kind) {
      return named.getOrDefault(kind, "");
    }
  }
}
