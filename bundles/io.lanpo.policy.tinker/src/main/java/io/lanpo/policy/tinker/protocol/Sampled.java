package io.lanpo.policy.tinker.protocol;

/**
 * A completion as the server sends it.
 *
 * @param tokens {@code [T]}
 * @param logProbs {@code [T]} in nats
 * @param stopped whether a stop token ended it
 */
public record Sampled(int[] tokens, float[] logProbs, boolean stopped) {}
