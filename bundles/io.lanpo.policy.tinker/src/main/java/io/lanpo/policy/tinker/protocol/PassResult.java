package io.lanpo.policy.tinker.protocol;

import java.util.List;

/**
 * What a pass over some sequences gave.
 *
 * @param logProbs for each sequence {@code [P + T − 1]} in nats
 * @param losses for each sequence {@code [P + T − 1]} the loss of each token before it is summed;
 *     empty arrays where the server does not tell
 */
public record PassResult(List<float[]> logProbs, List<float[]> losses) {}
