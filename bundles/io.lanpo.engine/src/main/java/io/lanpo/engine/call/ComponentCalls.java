package io.lanpo.engine.call;

import java.util.Map;
import java.util.Optional;
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
public final class ComponentCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentCalls.class);

  /** The reflection strategy, as counts and warnings name it. */
  public static final String REFLECTION = "reflection strategy";

  /** The abstraction strategy. */
  public static final String ABSTRACTION = "abstraction strategy";

  /** What chooses the attempt that is reviewed. */
  public static final String ATTEMPTS = "attempt selector";

  /** What chooses the lessons that are shown. */
  public static final String LESSONS = "lesson selector";

  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final Map<String, CallCounts.Count> counts = new TreeMap<>();

  /**
   * Calls.
   *
   * @param component which component, e.g. {@code reflection strategy}
   * @param otherwise the result after a failure, given what the component did, in words
   */
  public <T> T call(String component, Supplier<@Nullable T> call, Function<String, T> otherwise) {
    return call(component, component, call, result -> Optional.empty(), otherwise);
  }

  /**
   * Calls, and looks at what comes back.
   *
   * @param component which component, e.g. {@code attempt selector}
   * @param title the same with name and bundle, for the warning
   * @param wrong what it did where its result cannot be used, in words that go with its name
   * @param otherwise the result after a failure, given what the component did, in words
   */
  public <T> T call(
      String component,
      String title,
      Supplier<@Nullable T> call,
      Function<T, Optional<String>> wrong,
      Function<String, T> otherwise) {
    try {
      T result = call.get();
      Optional<String> what = result == null ? Optional.of("returned null") : wrong.apply(result);
      if (result == null || what.isPresent()) {
        return failed(component, title, what.orElseThrow(), null, otherwise);
      }
      count(component, new CallCounts.Count(1, 0, ""));
      return result;
    } catch (RuntimeException | LinkageError e) { // a bundle may lack a class that it needs
      return failed(component, title, "threw " + e, e, otherwise);
    }
  }

  /** Calls and failures since they were taken last. */
  public synchronized CallCounts take() {
    CallCounts taken = new CallCounts(Map.copyOf(counts));
    counts.clear();
    return taken;
  }

  private synchronized void count(String component, CallCounts.Count one) {
    counts.merge(component, one, CallCounts.Count::plus);
  }

  private <T> T failed(
      String component,
      String title,
      String what,
      @Nullable Throwable failure,
      Function<String, T> otherwise) {
    count(component, new CallCounts.Count(1, 1, what));
    String sort = failure == null ? what : failure.getClass().getName();
    if (warned.add(component + " " + sort)) {
      LOG.warn("the {} {}; further failures of this sort are only counted", title, what, failure);
    }
    return otherwise.apply(what);
  }
}
