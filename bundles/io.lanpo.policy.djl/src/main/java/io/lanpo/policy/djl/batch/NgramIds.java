package io.lanpo.policy.djl.batch;

import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.WeightPlan;

/**
 * Lays tokens out with the tokens before each, as the embedding table of {@link WeightPlan} wants
 * them: the token {@code k} places back is looked up in the table's {@code k}-th part.
 */
public final class NgramIds {
  private final int previous;
  private final int vocabulary;

  public NgramIds(DecoderShape shape) {
    previous = shape.previousTokens();
    vocabulary = shape.vocabulary();
  }

  /** Numbers for one token. */
  public int width() {
    return 1 + previous;
  }

  /**
   * Writes the n-gram that ends at a place of a sequence.
   *
   * @param tokens the sequence
   * @param place index of the last token; token 0 pads the sequence on the left
   * @param into receives {@link #width} numbers
   * @param at where in {@code into}
   */
  public void write(TokenView tokens, int place, long[] into, int at) {
    for (int back = 0; back <= previous; back++) {
      int token = place >= back ? tokens.at(place - back) : 0;
      into[at + back] = token + (long) back * vocabulary;
    }
  }

  /** Writes padding; its embedding is never used. */
  void pad(long[] into, int at) {
    for (int back = 0; back <= previous; back++) {
      into[at + back] = (long) back * vocabulary;
    }
  }

  /** A sequence of tokens by index. */
  @FunctionalInterface
  public interface TokenView {
    int at(int index);
  }
}
