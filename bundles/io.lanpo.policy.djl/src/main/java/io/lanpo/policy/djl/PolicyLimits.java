package io.lanpo.policy.djl;

import io.lanpo.policy.djl.checkpoint.Checkpoint;

/**
 * How much is worked on at a time.
 *
 * @param workers threads that share the work
 * @param batch completions written at a time
 * @param prefillTokens prompt tokens of one pass
 * @param updateTokens tokens of one forward or backward pass
 * @param gradientCheckpointing whether the backward pass computes blocks again
 * @param format how checkpoints are written
 */
record PolicyLimits(
    int workers,
    int batch,
    int prefillTokens,
    int updateTokens,
    boolean gradientCheckpointing,
    Checkpoint.Format format) {}
