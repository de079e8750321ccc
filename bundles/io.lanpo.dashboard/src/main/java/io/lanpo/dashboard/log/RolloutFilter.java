package io.lanpo.dashboard.log;

import org.jspecify.annotations.Nullable;

/**
 * Which completions are asked for.
 *
 * @param step only this step; null for all
 * @param mode only this mode, {@code scratch}, {@code reflect} or {@code abstract}; empty for all
 * @param verdict only {@code right}, {@code wrong}, {@code abstained} or {@code failed}; empty for
 *     all
 */
public record RolloutFilter(@Nullable Integer step, String mode, String verdict) {}
