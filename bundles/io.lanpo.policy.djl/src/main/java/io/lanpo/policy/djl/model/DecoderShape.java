package io.lanpo.policy.djl.model;

/**
 * What a decoder-only transformer looks like; every family is a case of this.
 *
 * @param vocabulary rows of the tables of tokens
 * @param tokens how many of these rows the tokenizer has a token for, the first ones; the others
 *     are never sampled and have no share in any probability
 * @param width width of the hidden state
 * @param layers number of blocks
 * @param heads query heads
 * @param kvHeads key and value heads; divides {@code heads} (grouped-query attention, arXiv
 *     2305.13245)
 * @param headWidth width of a head; even, for the rotations
 * @param feedForward width of the layer inside a block's MLP
 * @param context longest sequence in tokens
 * @param previousTokens how many tokens before a token add an embedding of their own to it, 0 to 2;
 *     token 0 pads the sequence on the left
 * @param norm how hidden states are normalised
 * @param normEpsilon added to the variance
 * @param mlp which MLP
 * @param mlpBias whether the MLP has biases
 * @param qkvBias whether queries, keys and values have biases
 * @param qkNorm whether queries and keys are RMS-normalised per head
 * @param rope the frequencies of rotary positions
 * @param tiedHead whether the token embedding is the output matrix too
 */
public record DecoderShape(
    int vocabulary,
    int tokens,
    int width,
    int layers,
    int heads,
    int kvHeads,
    int headWidth,
    int feedForward,
    int context,
    int previousTokens,
    Norm norm,
    double normEpsilon,
    Mlp mlp,
    boolean mlpBias,
    boolean qkvBias,
    boolean qkNorm,
    Rope rope,
    boolean tiedHead) {

  /** How hidden states are normalised. */
  public enum Norm {
    /** Mean and variance, with weight and bias (arXiv 1607.06450). */
    LAYER,
    /** Root mean square, with weight (arXiv 1910.07467). */
    RMS
  }

  /** Which MLP a block has. */
  public enum Mlp {
    RELU,
    /** {@code down(silu(gate(x)) * up(x))} (arXiv 2002.05202). */
    GATED_SILU
  }

  public DecoderShape {
    require(vocabulary > 0 && width > 0 && layers > 0 && feedForward > 0, "sizes are positive");
    require(tokens > 0 && tokens <= vocabulary, "as many tokens as rows, or fewer");
    require(context > 1, "the context has at least two tokens");
    require(heads > 0 && kvHeads > 0 && heads % kvHeads == 0, "kv-heads divide heads");
    require(headWidth > 0 && headWidth % 2 == 0, "a head's width is even");
    require(previousTokens >= 0 && previousTokens <= 2, "0 to 2 previous tokens");
  }

  /** A shape of some sizes. */
  public static DecoderShape of(
      ModelSizes sizes,
      Norm norm,
      double normEpsilon,
      Mlp mlp,
      boolean mlpBias,
      boolean qkvBias,
      boolean qkNorm,
      boolean tiedHead) {
    return new DecoderShape(
        sizes.vocabulary(),
        sizes.vocabulary(),
        sizes.width(),
        sizes.layers(),
        sizes.heads(),
        sizes.kvHeads(),
        sizes.headWidth(),
        sizes.feedForward(),
        sizes.context(),
        sizes.previousTokens(),
        norm,
        normEpsilon,
        mlp,
        mlpBias,
        qkvBias,
        qkNorm,
        sizes.rope(),
        tiedHead);
  }

  /** The same for a tokenizer of so many tokens. */
  public DecoderShape withTokens(int known) {
    return new DecoderShape(
        vocabulary,
        known,
        width,
        layers,
        heads,
        kvHeads,
        headWidth,
        feedForward,
        context,
        previousTokens,
        norm,
        normEpsilon,
        mlp,
        mlpBias,
        qkvBias,
        qkNorm,
        rope,
        tiedHead);
  }

  /** Columns of a packed projection that RoPE rotates: those of queries and keys. */
  public int rotated() {
    return Math.multiplyExact(heads + kvHeads, headWidth);
  }

  /** Rows of the packed projection of queries, keys and values. */
  public int packed() {
    return Math.multiplyExact(Math.addExact(heads, Math.multiplyExact(2, kvHeads)), headWidth);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what);
    }
  }
}
