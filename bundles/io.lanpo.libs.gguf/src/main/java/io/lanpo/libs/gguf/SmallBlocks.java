package io.lanpo.libs.gguf;

/**
 * Blocks of 32 numbers with one scale. The number in the low half of byte i comes before the one in
 * its high half by 16 places; a fifth bit of each stands in a word of 32 bits.
 */
final class SmallBlocks {
  private static final int HALF = 16;

  private SmallBlocks() {}

  static void q40(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from);
    for (int i = 0; i < HALF; i++) {
      int pair = bytes[from + 2 + i];
      numbers[to + i] = ((pair & 0xf) - 8) * scale;
      numbers[to + HALF + i] = ((pair >> 4 & 0xf) - 8) * scale;
    }
  }

  static void q41(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from);
    float least = Plain.half(bytes, from + 2);
    for (int i = 0; i < HALF; i++) {
      int pair = bytes[from + 4 + i];
      numbers[to + i] = (pair & 0xf) * scale + least;
      numbers[to + HALF + i] = (pair >> 4 & 0xf) * scale + least;
    }
  }

  static void q50(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from);
    for (int i = 0; i < 2 * HALF; i++) {
      numbers[to + i] = (five(bytes, from + 2, i) - 16) * scale;
    }
  }

  static void q51(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from);
    float least = Plain.half(bytes, from + 2);
    for (int i = 0; i < 2 * HALF; i++) {
      numbers[to + i] = five(bytes, from + 4, i) * scale + least;
    }
  }

  static void q80(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from);
    for (int i = 0; i < 2 * HALF; i++) {
      numbers[to + i] = bytes[from + 2 + i] * scale;
    }
  }

  /** The five bits of a number: four behind the word of the fifth ones. */
  private static int five(byte[] bytes, int word, int i) {
    int fifth = bytes[word + i / 8] >> i % 8 & 1;
    int four = bytes[word + 4 + i % HALF] >> i / HALF * 4 & 0xf;
    return fifth << 4 | four;
  }
}
