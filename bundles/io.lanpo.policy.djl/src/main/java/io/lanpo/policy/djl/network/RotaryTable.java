package io.lanpo.policy.djl.network;

import io.lanpo.policy.djl.model.DecoderShape;

/** The cosines and sines of rotary positions (RoPE) for every head of a decoder. */
final class RotaryTable {
  private RotaryTable() {}

  /**
   * Angles by position and pair of columns, the same for every head. Queries are scaled by 1/√E
   * too, where {@code E} is a head's width.
   *
   * @param first the first position
   * @param count how many positions
   * @return {@code [count, rotated / 2, 2]} cosine and sine
   */
  static float[] values(DecoderShape shape, int first, int count) {
    int pairs = shape.headWidth() / 2;
    int queries = shape.heads() * pairs;
    double scale = 1 / Math.sqrt(shape.headWidth());
    int columns = shape.rotated();
    float[] table = new float[count * columns];
    for (int pair = 0; pair < pairs; pair++) {
      double frequency = shape.rope().frequency(pair, pairs);
      for (int row = 0; row < count; row++) {
        double angle = (first + row) * frequency;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int at = pair; at < columns / 2; at += pairs) {
          double size = at < queries ? scale : 1;
          table[row * columns + 2 * at] = (float) (size * cos);
          table[row * columns + 2 * at + 1] = (float) (size * sin);
        }
      }
    }
    return table;
  }
}
