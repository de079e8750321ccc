package io.lanpo.engine.run.policy;

import io.lanpo.api.component.UserException;
import java.util.function.Supplier;

/**
 * What a backend says when it is the policy for text: it may be the run's policy too, so that a
 * message has to say which of the two it is about.
 *
 * @param name the backend's name
 */
record AuxiliaryMessages(String name) {
  /**
   * Calls the backend.
   *
   * @throws UserException what it says, and that it is the policy for text
   */
  <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (UserException e) {
      throw new UserException("text = %s: %s".formatted(name, e.getMessage()), e.nextStep(), e);
    }
  }
}
