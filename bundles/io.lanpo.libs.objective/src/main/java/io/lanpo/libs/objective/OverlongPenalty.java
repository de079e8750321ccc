package io.lanpo.libs.objective;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import java.util.List;

/**
 * The soft overlong punishment of DAPO (arXiv 2503.14476, eq. 13): a reward falls over the last
 * tokens that a completion is allowed, before it is cut off.
 *
 * <pre>
 * added = 0                                            length ≤ allowed − buffer
 *         factor · (allowed − buffer − length) / buffer   within the buffer; −factor at its end
 * </pre>
 *
 * @param buffer tokens over which the reward falls; 0: there is no penalty
 * @param factor how much it has fallen at the end of them
 */
public record OverlongPenalty(int buffer, double factor) {
  /** Whether there is one. */
  public boolean active() {
    return buffer > 0 && factor > 0;
  }

  /**
   * What is added to the rewards.
   *
   * @return {@code [groups][completions]} from −factor to 0
   */
  public List<double[]> of(List<JudgedGroup> groups) {
    return groups.stream()
        .map(group -> group.completions().stream().mapToDouble(this::of).toArray())
        .toList();
  }

  private double of(JudgedCompletion completion) {
    long beyond = (long) completion.tokens().length - ((long) completion.allowed() - buffer);
    return active() && beyond > 0 ? -factor * Math.min(1, (double) beyond / buffer) : 0;
  }
}
