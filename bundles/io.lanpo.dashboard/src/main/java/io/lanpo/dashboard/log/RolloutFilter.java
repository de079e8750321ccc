package io.lanpo.dashboard.log;

import org.jspecify.annotations.Nullable;

/**
 * Which completions are asked for. Of a text that is empty, all are.
 *
 * @param step only this step; null for all
 * @param mode only this mode, {@code scratch}, {@code reflect} or {@code abstract}
 * @param verdict only {@code right}, {@code wrong}, {@code abstained} or {@code failed}
 * @param problem only this problem's, by its id
 * @param finished only those that ended by themselves, or that the length limit cut off; null for
 *     all
 * @param text only those that have this in what was read, written or said about it, in capitals or
 *     not
 */
public record RolloutFilter(
    @Nullable Integer step,
    String mode,
    String verdict,
    String problem,
    @Nullable Boolean finished,
    String text) {
  /** All. */
  public static final RolloutFilter ALL = new RolloutFilter(null, "", "", "", null, "");
}
