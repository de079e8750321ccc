package io.lanpo.engine.method;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls components that anybody may have written: a failure costs that call and no more.
 *
 * <p>A component that fails once mostly fails every time, hundreds of times a step. The first
 * failure of a sort is a warning; all of them are counted. Safe for use by several threads.
 */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Map<String, CallFailures.Count> counts = new TreeMap<>();

  /**
   * Calls.
   *
   * @param component which component, e.g. {@code reflection strategy}
   * @param otherwise the result after a failure, given what the component did, in words
   */
  <T> T call(String component, Supplier<@Nullable T> call, Function<String, T> otherwise) {
    try {
      T result = call.get();
      if (result == null) {
        return failed(component, "returned null", null, otherwise);
      }
      count(component, new CallFailures.Count(1, 0, ""));
      return result;
    } catch (RuntimeException | LinkageError e) { // a bundle may lack a class that it needs
      return failed(component, "threw " + e, e, otherwise);
    }
  }

  /** Calls and failures since they were taken last. */
  synchronized CallFailures take() {
    CallFailures taken = new CallFailures(Map.copyOf(counts));
    counts.clear();
    return taken;
  }

  private synchronized void count(String component, CallFailures.Count one) {
    counts.merge(component, one, CallFailures.Count::plus);
  }

  private <T> T failed(
      String component, String what, @Nullable Throwable failure, Function<String, T> otherwise) {
    count(component, new CallFailures.Count(1, 1, what));
    String sort = failure == null ? what : failure.getClass().getName();
    if (told.add(component + " " + sort)) {
      LOG.warn(
          "the {} {}; further failures of this sort are only counted", component, what, failure);
    }
    return otherwise.apply(what);
  }
}
