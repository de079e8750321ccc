package io.lanpo.policy.djl.checkpoint;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.Plain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A tensor in a safetensors file, read as floats a piece at a time through a mapping of the file,
 * so that it is never in the heap as a whole.
 *
 * @param channel the open file
 * @param begin its first byte in the file
 * @param end the byte behind its last
 */
public record StoredTensor(
    Path file, FileChannel channel, String name, Type type, long[] shape, long begin, long end)
    implements WeightTensor {

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

  @Override
  public String storedAs() {
    return Setting.word(type);
  }

  @Override
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

  private float[] floats(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    if (type == Type.F32) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < count; i++) {
      short bits = bytes.getShort();
      values[i] = type == Type.BF16 ? Float.intBitsToFloat(bits << 16) : Plain.half(bits);
    }
    return values;
  }
}
