package io.lanpo.pool.chronicle.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Values as they are stored: a byte 0 and the value; or, where that is shorter, a byte 1, the
 * length of the value in four bytes and the value as a Zstandard frame (RFC 8878). Attempts are
 * text, of which a half or less remains; that also leaves more of a large pool in the memory of the
 * operating system. Safe for use by several threads.
 *
 * <p>Deflate would need no library, but reading it takes most of the time of a get.
 */
public final class Packing implements AutoCloseable {
  private static final byte PLAIN = 0;
  private static final byte FRAME = 1;
  private static final int LENGTH_AT = 1;
  private static final int FRAME_AT = 5;

  /** The fastest of the usual levels; the next ones win a hundredth on texts of some KB. */
  private static final int LEVEL = 1;

  /** Below, hardly anything is won. */
  private static final int LEAST = 256;

  /** What a damaged length may claim at most. */
  static final int MOST = 1 << 30;

  // Making one costs more than using it.
  private final Queue<ZstdCompressCtx> packers = new ConcurrentLinkedQueue<>();
  private final Queue<ZstdDecompressCtx> unpackers = new ConcurrentLinkedQueue<>();

  public byte[] pack(byte[] value) {
    if (value.length >= LEAST) {
      byte[] packed = new byte[FRAME_AT + (int) Zstd.compressBound(value.length)];
      int length = FRAME_AT + frame(value, packed);
      if (length < value.length) {
        ByteBuffer.wrap(packed).put(FRAME).putInt(value.length);
        return Arrays.copyOf(packed, length);
      }
    }
    byte[] plain = new byte[value.length + 1];
    plain[0] = PLAIN;
    System.arraycopy(value, 0, plain, 1, value.length);
    return plain;
  }

  private int frame(byte[] value, byte[] packed) {
    ZstdCompressCtx pooled = packers.poll();
    ZstdCompressCtx packer = pooled == null ? new ZstdCompressCtx().setLevel(LEVEL) : pooled;
    try {
      return packer.compressByteArray(
          packed, FRAME_AT, packed.length - FRAME_AT, value, 0, value.length);
    } finally {
      packers.add(packer);
    }
  }

  /**
   * @throws IOException when the bytes are no packed value
   */
  byte[] unpack(byte[] packed) throws IOException {
    if (packed.length > 0 && packed[0] == PLAIN) {
      return Arrays.copyOfRange(packed, 1, packed.length);
    }
    if (packed.length < FRAME_AT || packed[0] != FRAME) {
      throw new IOException("a value is packed in an unknown way");
    }
    int length = ByteBuffer.wrap(packed).getInt(LENGTH_AT);
    if (length < LEAST || length > MOST) {
      throw new IOException("a packed value has a length of " + length);
    }
    return unframe(packed, new byte[length]);
  }

  private byte[] unframe(byte[] packed, byte[] value) throws IOException {
    ZstdDecompressCtx pooled = unpackers.poll();
    ZstdDecompressCtx unpacker = pooled == null ? new ZstdDecompressCtx() : pooled;
    try {
      int length =
          unpacker.decompressByteArray(
              value, 0, value.length, packed, FRAME_AT, packed.length - FRAME_AT);
      if (length != value.length) {
        throw new IOException("a packed value is shorter than it says");
      }
      return value;
    } catch (ZstdException e) {
      throw new IOException("a packed value is damaged", e);
    } finally {
      unpackers.add(unpacker);
    }
  }

  @Override
  public void close() {
    packers.forEach(ZstdCompressCtx::close);
    unpackers.forEach(ZstdDecompressCtx::close);
  }
}
