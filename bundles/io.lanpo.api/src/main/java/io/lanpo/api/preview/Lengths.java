package io.lanpo.api.preview;

import java.util.Arrays;

/**
 * How long some texts are.
 *
 * @param median in tokens; 0 without texts
 * @param most95 tokens that 95 of 100 do not exceed
 * @param longest in tokens
 */
public record Lengths(int median, int most95, int longest) {
  /** Of no texts. */
  public static final Lengths NONE = new Lengths(0, 0, 0);

  /**
   * Of lengths in any order.
   *
   * @param tokens one per text
   */
  public static Lengths of(int[] tokens) {
    if (tokens.length == 0) {
      return NONE;
    }
    int[] sorted = tokens.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Lengths(
        sorted[sorted.length / 2], sorted[(int) Math.ceil(0.95 * last)], sorted[last]);
  }
}
