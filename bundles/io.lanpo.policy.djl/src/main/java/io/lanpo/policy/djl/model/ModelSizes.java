package io.lanpo.policy.djl.model;

/**
 * The sizes that every family has; a {@link Family} adds the rest of a {@link DecoderShape}, which
 * explains them.
 */
public record ModelSizes(
    int vocabulary,
    int width,
    int layers,
    int heads,
    int kvHeads,
    int headWidth,
    int feedForward,
    int context,
    int previousTokens,
    Rope rope) {

  /** The same for a family that reads each token alone. */
  ModelSizes withoutPreviousTokens() {
    return new ModelSizes(
        vocabulary, width, layers, heads, kvHeads, headWidth, feedForward, context, 0, rope);
  }
}
