package io.lanpo.policy.djl.checkpoint;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A tensor in a safetensors file, read as floats a piece at a time through a mapping of the file,
 * so that it is never in the heap as a whole.
 *
 * @param channel the open file
 * @param begin its first byte in the file
 * @param end the byte behind its last
 */
public record StoredTensor(
    Path file, FileChannel channel, String name, Type type, long[] shape, long begin, long end) {

  /** Types that are read; a float holds every value of each. */
  enum Type {
    F32(Float.BYTES),
    F16(Short.BYTES),
    BF16(Short.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /**
   * Some values.
   *
   * @param from index of the first
   * @param count how many
   */
  public float[] read(long from, int count) {
    long width = type.bytes();
    try {
      ByteBuffer bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, begin + from * width, count * width);
      return floats(bytes.order(ByteOrder.LITTLE_ENDIAN), count);
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    }
  }

  /**
   * The same, of weights.
   *
   * @throws UserException naming the first that is not a finite number
   */
  float[] readFinite(long from, int count) {
    float[] values = read(from, count);
    if (!allFinite(values)) {
      int at = 0;
      while (Float.isFinite(values[at])) {
        at++;
      }
      throw new UserException(
          "%s: tensor %s of shape %s has %s at place %d"
              .formatted(file, name, Arrays.toString(shape), values[at], from + at),
          "Take another copy of the checkpoint; with such a number every output would be NaN.");
    }
    return values;
  }

  /** Without a branch for each number, so that it costs little beside reading them. */
  private static boolean allFinite(float[] values) {
    int finite = -1;
    for (float value : values) {
      // the sign is set exactly when the exponent is not that of infinities and NaN
      finite &= (Float.floatToRawIntBits(value) & 0x7f800000) - 0x7f800000;
    }
    return values.length == 0 || finite < 0;
  }

  private float[] floats(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    if (type == Type.F32) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < count; i++) {
      short bits = bytes.getShort();
      values[i] = type == Type.BF16 ? Float.intBitsToFloat(bits << 16) : half(bits);
    }
    return values;
  }

  /** IEEE 754 binary16. */
  private static float half(short bits) {
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
