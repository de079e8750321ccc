package io.lanpo.libs.gguf;

/**
 * Blocks of four bits a number, which say a place in a table. The table is the format's: its steps
 * are small near zero, where most weights are.
 */
final class TableBlocks {
  private static final int[] TABLE = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private static final int HALF = 16;

  private TableBlocks() {}

  /** 32 numbers with one scale. */
  static void iq4nl(byte[] bytes, int from, float[] numbers, int to) {
    group(Plain.half(bytes, from), bytes, from + 2, numbers, to);
  }

  /** 256 numbers with one scale, which a whole number of six bits multiplies for each 32. */
  static void iq4xs(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from);
    for (int group = 0; group < 8; group++) {
      int low = bytes[from + 4 + group / 2] >> group % 2 * 4 & 0xf;
      int high = bytes[from + 2 + group / 4] >> group % 4 * 2 & 3;
      float times = scale * ((high << 4 | low) - 32);
      group(times, bytes, from + 8 + group * HALF, numbers, to + group * 2 * HALF);
    }
  }

  private static void group(float scale, byte[] bytes, int from, float[] numbers, int to) {
    for (int i = 0; i < HALF; i++) {
      int pair = bytes[from + i];
      numbers[to + i] = scale * TABLE[pair & 0xf];
      numbers[to + HALF + i] = scale * TABLE[pair >> 4 & 0xf];
    }
  }
}
