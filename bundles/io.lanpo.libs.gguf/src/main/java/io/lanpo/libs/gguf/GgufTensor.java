package io.lanpo.libs.gguf;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A tensor of a file, read as floats a piece at a time.
 *
 * @param channel the open file
 * @param shape rows before columns; a row is a whole number of blocks
 * @param begin its first byte in the file
 */
public record GgufTensor(
    Path file, FileChannel channel, String name, TensorType type, long[] shape, long begin) {

  /** How many numbers it has. */
  public long count() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** The byte behind its last. */
  long end() {
    return begin + count() / type.block() * type.bytes();
  }

  /**
   * Some numbers.
   *
   * @param from index of the first
   * @param count how many
   */
  public float[] read(long from, int count) {
    long first = from / type.block();
    int blocks = Math.toIntExact((from + count - 1) / type.block() + 1 - first);
    byte[] bytes = new byte[Math.multiplyExact(blocks, type.bytes())];
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long place = begin + first * type.bytes();
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, place + buffer.position()) < 0) {
          throw new IOException("it ends within tensor " + name);
        }
      }
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    }
    float[] numbers = new float[blocks * type.block()];
    type.decode(bytes, numbers);
    int skip = (int) (from - first * type.block());
    return skip == 0 && numbers.length == count
        ? numbers
        : Arrays.copyOfRange(numbers, skip, skip + count);
  }
}
