package io.lanpo.policy.djl;

import io.lanpo.policy.djl.checkpoint.Checkpoint;

/**
 * How much is worked on at a time.
 *
 * @param workers threads that share the work
 * @param batch completions written at a time
 * @param prefillTokens prompt tokens of one pass
 * @param updateTokens tokens of one forward or backward pass
 * @param recompute whether the backward pass computes blocks again
 * @param form how checkpoints are written
 */
record PolicyLimits(
    int workers,
    int batch,
    int prefillTokens,
    int updateTokens,
    boolean recompute,
    Checkpoint.Form form) {}
