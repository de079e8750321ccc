package io.lanpo.engine.run.policy;

import io.lanpo.api.component.UserException;
import java.util.function.Supplier;

/**
 * What a backend says when it is the policy for text. It was written to be the policy and names its
 * settings {@code policy.KEY}; here they stand under {@code text.KEY}.
 *
 * @param name the backend's name
 */
record AuxiliaryMessages(String name) {
  /**
   * Calls the backend.
   *
   * @throws UserException what it says, in this run's keys
   */
  <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (UserException e) {
      throw new UserException(
          "text = %s: %s".formatted(name, inOurKeys(String.valueOf(e.getMessage()))),
          inOurKeys(e.nextStep()),
          e);
    }
  }

  /** A message with the keys under which the settings stand. */
  static String inOurKeys(String message) {
    return message.replaceAll("\\bpolicy(?=\\.[a-z]| ?= ?\\S)", "text");
  }
}
