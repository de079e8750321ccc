package io.lanpo.engine.call;

import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A component without which there is no step: when it fails, the run stops and says whose fault it
 * was.
 *
 * @param instance the component
 * @param title what it is, with name and bundle, for messages
 */
public record Named<T>(T instance, String title) {
  private static final List<String> LIBRARIES =
      List.of("java.", "javax.", "jdk.", "sun.", "io.lanpo.api.", "io.lanpo.libs.");

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
    } catch (Throwable e) { // it may run out of stack, lack a class, or hide a checked exception
      throw fault("threw " + e + place(e), e);
    }
    if (answer == null) {
      throw fault("returned null", null);
    }
    return answer;
  }

  /** Where its author finds the line: the last call that is not the platform's or Java's. */
  private static String place(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .filter(frame -> LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith))
        .findFirst()
        .map(frame -> " at " + frame)
        .orElse("");
  }

  /** What the component did, as a failure of the run. */
  public UserException fault(String what, @Nullable Throwable cause) {
    return new UserException(
        "the %s %s".formatted(title, what),
        "Fix its bundle and resume the run, or start another one without it.",
        cause);
  }
}
