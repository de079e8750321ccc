package io.lanpo.libs.gguf;

/**
 * The "k-quants": blocks of 256 numbers in 8 or 16 groups with small scales of their own, which one
 * or two scales of the whole block multiply.
 */
final class SuperBlocks {
  private SuperBlocks() {}

  /** Two bits a number, scale and offset of four bits for 16. */
  static void q2(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from + 80);
    float offset = Plain.half(bytes, from + 82);
    for (int group = 0; group < 16; group++) {
      int both = bytes[from + group];
      float times = scale * (both & 0xf);
      float minus = offset * (both >> 4 & 0xf);
      for (int i = 0; i < 16; i++) {
        numbers[to + 16 * group + i] = times * two(bytes, from + 16, group, i) - minus;
      }
    }
  }

  /** Three bits a number, the third apart; a scale of six bits for 16. */
  static void q3(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from + 108);
    for (int group = 0; group < 16; group++) {
      int low = bytes[from + 96 + group % 8] >> group / 8 * 4 & 0xf;
      int high = bytes[from + 104 + group % 4] >> group / 4 * 2 & 3;
      float times = scale * ((high << 4 | low) - 32);
      for (int i = 0; i < 16; i++) {
        int third = bytes[from + group % 2 * 16 + i] >> group / 2 & 1;
        int number = two(bytes, from + 32, group, i) - (third == 1 ? 0 : 4);
        numbers[to + 16 * group + i] = times * number;
      }
    }
  }

  /**
   * Two bits of a number: half a block of them takes 32 bytes, in which each byte has four numbers
   * that are 32 places apart.
   */
  private static int two(byte[] bytes, int start, int group, int i) {
    int at = start + group / 8 * 32 + group % 2 * 16 + i;
    return bytes[at] >> group % 8 / 2 * 2 & 3;
  }

  /** Four bits a number, scale and offset of six bits for 32. */
  static void q4(byte[] bytes, int from, float[] numbers, int to) {
    for (int group = 0; group < 8; group++) {
      float times = Plain.half(bytes, from) * scale(bytes, from + 4, group);
      float minus = Plain.half(bytes, from + 2) * offset(bytes, from + 4, group);
      for (int i = 0; i < 32; i++) {
        numbers[to + 32 * group + i] = times * four(bytes, from + 16, group, i) - minus;
      }
    }
  }

  /** As with four, and a fifth bit apart. */
  static void q5(byte[] bytes, int from, float[] numbers, int to) {
    for (int group = 0; group < 8; group++) {
      float times = Plain.half(bytes, from) * scale(bytes, from + 4, group);
      float minus = Plain.half(bytes, from + 2) * offset(bytes, from + 4, group);
      for (int i = 0; i < 32; i++) {
        int fifth = bytes[from + 16 + i] >> group & 1;
        int number = fifth << 4 | four(bytes, from + 48, group, i);
        numbers[to + 32 * group + i] = times * number - minus;
      }
    }
  }

  private static int four(byte[] bytes, int start, int group, int i) {
    return bytes[start + group / 2 * 32 + i] >> group % 2 * 4 & 0xf;
  }

  /** Six bits: of the first four groups in a byte each, of the others in two places. */
  private static int scale(byte[] bytes, int start, int group) {
    return group < 4
        ? bytes[start + group] & 0x3f
        : bytes[start + group + 4] & 0xf | (bytes[start + group - 4] >> 6 & 3) << 4;
  }

  private static int offset(byte[] bytes, int start, int group) {
    return group < 4
        ? bytes[start + group + 4] & 0x3f
        : bytes[start + group + 4] >> 4 & 0xf | (bytes[start + group] >> 6 & 3) << 4;
  }

  /** Six bits a number, four and two of them apart; a scale of eight bits for 16. */
  static void q6(byte[] bytes, int from, float[] numbers, int to) {
    float scale = Plain.half(bytes, from + 208);
    for (int i = 0; i < 256; i++) {
      int half = i / 128;
      int quarter = i % 128 / 32;
      int four = bytes[from + half * 64 + quarter % 2 * 32 + i % 32] >> quarter / 2 * 4 & 0xf;
      int two = bytes[from + 128 + half * 32 + i % 32] >> quarter * 2 & 3;
      numbers[to + i] = scale * bytes[from + 192 + i / 16] * ((two << 4 | four) - 32);
    }
  }
}
