package io.lanpo.pool.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Values as they are stored since format version 2: a byte 0 and the value; or, where that is
 * shorter, a byte 1, the length of the value in four bytes and the value deflated (RFC 1951).
 * Attempts are text, of which a half or less remains; that also leaves more of a large pool in the
 * memory of the operating system. Safe for use by several threads.
 */
final class Packing implements AutoCloseable {
  private static final byte PLAIN = 0;
  private static final byte DEFLATED = 1;
  private static final int LENGTH_AT = 1;
  private static final int DEFLATED_AT = 5;

  /** Below, hardly anything is won. */
  private static final int LEAST = 256;

  /** What a damaged length may claim at most. */
  private static final int MOST = 1 << 30;

  // Making one costs more than using it.
  private final Queue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
  private final Queue<Inflater> inflaters = new ConcurrentLinkedQueue<>();

  byte[] pack(byte[] value) {
    if (value.length >= LEAST) {
      byte[] packed = new byte[value.length];
      int length = deflate(value, packed);
      if (length > 0) {
        ByteBuffer.wrap(packed).put(DEFLATED).putInt(value.length);
        return Arrays.copyOf(packed, length);
      }
    }
    byte[] plain = new byte[value.length + 1];
    plain[0] = PLAIN;
    System.arraycopy(value, 0, plain, 1, value.length);
    return plain;
  }

  /** Length with the head, or 0 when it does not fit. */
  private int deflate(byte[] value, byte[] packed) {
    Deflater pooled = deflaters.poll();
    Deflater deflater = pooled == null ? new Deflater(Deflater.BEST_SPEED, true) : pooled;
    try {
      deflater.setInput(value);
      deflater.finish();
      int length = deflater.deflate(packed, DEFLATED_AT, packed.length - DEFLATED_AT);
      return deflater.finished() ? DEFLATED_AT + length : 0;
    } finally {
      deflater.reset();
      deflaters.add(deflater);
    }
  }

  /**
   * @throws IOException when the bytes are no packed value
   */
  byte[] unpack(byte[] packed) throws IOException {
    if (packed.length > 0 && packed[0] == PLAIN) {
      return Arrays.copyOfRange(packed, 1, packed.length);
    }
    if (packed.length < DEFLATED_AT || packed[0] != DEFLATED) {
      throw new IOException("a value is packed in an unknown way");
    }
    int length = ByteBuffer.wrap(packed).getInt(LENGTH_AT);
    if (length < LEAST || length > MOST) {
      throw new IOException("a packed value has a length of " + length);
    }
    return inflate(packed, new byte[length]);
  }

  private byte[] inflate(byte[] packed, byte[] value) throws IOException {
    Inflater pooled = inflaters.poll();
    Inflater inflater = pooled == null ? new Inflater(true) : pooled;
    try {
      inflater.setInput(packed, DEFLATED_AT, packed.length - DEFLATED_AT);
      if (inflater.inflate(value) != value.length) {
        throw new IOException("a packed value is shorter than it says");
      }
      return value;
    } catch (DataFormatException e) {
      throw new IOException("a packed value is damaged", e);
    } finally {
      inflater.reset();
      inflaters.add(inflater);
    }
  }

  @Override
  public void close() {
    deflaters.forEach(Deflater::end);
    inflaters.forEach(Inflater::end);
  }
}
