package io.lanpo.policy.djl.generate;

import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;

/**
 * How sequences are decoded.
 *
 * @param int8 whether blocks multiply in int8, prompts excepted; otherwise they do as in training
 * @param prefillTokens prompt tokens of one forward pass
 * @param stop what ends a completion
 */
record Decoding(Network network, boolean int8, int prefillTokens, StopCondition stop) {
  /** The matrices for some rows. */
  IValue matrices(int rows) {
    return network.matrices(rows, int8);
  }
}
