package io.lanpo.engine.call;

import io.lanpo.api.component.UserException;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A component without which there is no step: when it fails, the run stops and says whose fault it
 * was.
 *
 * @param instance the component
 * @param title what it is, with name and bundle, for messages
 */
public record Named<T>(T instance, String title) {
  /**
   * Asks the component.
   *
   * @throws UserException when it throws, or returns null
   */
  public <R> R ask(Function<T, @Nullable R> call) {
    R answer;
    try {
      answer = call.apply(instance);
    } catch (CancellationException e) {
      throw e;
    } catch (UserException e) { // it says itself what is wrong
      throw new UserException("the %s: %s".formatted(title, e.getMessage()), e.nextStep(), e);
    } catch (RuntimeException | LinkageError e) { // a bundle may lack a class that it needs
      throw fault("threw " + e, e);
    }
    if (answer == null) {
      throw fault("returned null", null);
    }
    return answer;
  }

  /** What the component did, as a failure of the run. */
  public UserException fault(String what, @Nullable Throwable cause) {
    return new UserException(
        "the %s %s".formatted(title, what),
        "Fix its bundle and resume the run, or start another one without it.",
        cause);
  }
}
