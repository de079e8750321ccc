package io.lanpo.libs.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The framing of a TFRecord file: length (8 bytes), masked checksum of the length (4), data, masked
 * checksum of the data (4), all little-endian. The checksum is CRC-32C; it is masked because data
 * may hold checksums itself (tensorflow.org: TFRecord format details).
 */
final class RecordFraming {
  private static final int MASK_DELTA = 0xa282ead8;

  private RecordFraming() {}

  static byte[] framed(byte[] data) {
    ByteBuffer framed =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    framed.putLong(data.length);
    framed.putInt(masked(framed.array(), Long.BYTES));
    framed.put(data);
    framed.putInt(masked(data, data.length));
    return framed.array();
  }

  private static int masked(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    int value = (int) checksum.getValue();
    return Integer.rotateRight(value, 15) + MASK_DELTA;
  }
}
