package io.lanpo.libs.gguf;

/** Floats as they are. */
public final class Plain {
  private Plain() {}

  static void f32(byte[] bytes, int from, float[] numbers, int to) {
    int bits =
        bytes[from] & 0xff
            | (bytes[from + 1] & 0xff) << 8
            | (bytes[from + 2] & 0xff) << 16
            | bytes[from + 3] << 24;
    numbers[to] = Float.intBitsToFloat(bits);
  }

  static void f16(byte[] bytes, int from, float[] numbers, int to) {
    numbers[to] = half(bytes, from);
  }

  static void bf16(byte[] bytes, int from, float[] numbers, int to) {
    numbers[to] = Float.intBitsToFloat((bytes[from] & 0xff) << 16 | bytes[from + 1] << 24);
  }

  static float half(byte[] bytes, int from) {
    return half((short) (bytes[from] & 0xff | bytes[from + 1] << 8));
  }

  /**
   * A number in half precision.
   *
   * @param bits as IEEE 754 lays out binary16
   */
  public static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size;
    if (exponent == 0) {
      size = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      size = Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
    }
    return bits < 0 ? -size : size;
  }
}
