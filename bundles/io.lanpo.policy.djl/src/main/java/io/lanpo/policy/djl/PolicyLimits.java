package io.lanpo.policy.djl;

import io.lanpo.policy.djl.checkpoint.Checkpoint;

/**
 * How much is worked on at a time. What a value means stands in {@link PolicySettings}.
 *
 * @param format how checkpoints are written
 */
record PolicyLimits(
    int workers,
    int batch,
    int prefillTokens,
    int updateTokens,
    boolean gradientCheckpointing,
    boolean halfMoments,
    Checkpoint.Format format) {}
