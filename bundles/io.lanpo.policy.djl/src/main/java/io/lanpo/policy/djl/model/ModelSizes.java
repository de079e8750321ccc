package io.lanpo.policy.djl.model;

/**
 * The sizes that every family has; a {@link Family} adds the rest of a {@link DecoderShape}.
 *
 * @param vocabulary number of tokens
 * @param width width of the hidden state
 * @param layers number of blocks
 * @param heads query heads
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headWidth width of a head
 * @param feedForward width of the layer inside a block's MLP
 * @param context longest sequence in tokens
 * @param previousTokens tokens before a token whose embeddings are added to its own; only the micro
 *     family has such
 * @param rope the frequencies of rotary positions
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
    Rope rope) {}
