package io.lanpo.engine.call;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often components failed in a step.
 *
 * @param byComponent counts by component, e.g. {@code reflection strategy}
 */
public record CallCounts(Map<String, Count> byComponent) {

  /**
   * Of one component.
   *
   * @param calls calls
   * @param failures calls that failed
   * @param last what it did last, in words; empty without failures
   */
  record Count(int calls, int failures, String last) {
    Count plus(Count other) {
      return new Count(
          calls + other.calls, failures + other.failures, other.last.isEmpty() ? last : other.last);
    }
  }

  public int total() {
    return byComponent.values().stream().mapToInt(Count::failures).sum();
  }

  public CallCounts and(CallCounts others) {
    Map<String, Count> both = new TreeMap<>(byComponent);
    others.byComponent.forEach((component, count) -> both.merge(component, count, Count::plus));
    return new CallCounts(both);
  }

  /**
   * A component that failed too often.
   *
   * @param component which one, e.g. {@code reflection strategy}
   * @param what how often, in words
   */
  public record Excess(String component, String what) {}

  /**
   * Why a run should not go on.
   *
   * @param most share of a component's calls that may fail
   */
  public Optional<Excess> beyond(double most) {
    return byComponent.entrySet().stream()
        .filter(e -> e.getValue().failures() > most * e.getValue().calls())
        .map(
            e ->
                new Excess(
                    e.getKey(),
                    "%d of %d calls of the %s failed (it %s), and failures.most = %s"
                        .formatted(
                            e.getValue().failures(),
                            e.getValue().calls(),
                            e.getKey(),
                            e.getValue().last(),
                            most)))
        .findFirst();
  }
}
