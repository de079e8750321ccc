package io.lanpo.pool.chronicle.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The form of a log. At its head stand a word, the version of the form, the id of the log and a
 * checksum of these; then come records. A record is a mark, the number of the entry, the length of
 * its value (or {@link #REMOVED}), a checksum and the value.
 *
 * <p>The checksum covers the id of the log, so that a value which spells a record, or a record of
 * another log, is never taken for one of this log.
 */
final class LogRecord {
  static final int HEAD_BYTES = 24;
  static final int BYTES = 20;

  /** The length of a record that says that an entry is gone. */
  static final int REMOVED = -1;

  static final int MARK = 0x7ED4_1B93;

  private static final long WORD = 0x4C41_4E50_4F4C_4F47L;
  private static final int FORM = 1;
  private static final int NUMBER_AT = 4;
  private static final int LENGTH_AT = 12;
  private static final int CHECKSUM_AT = 16;

  private LogRecord() {}

  /** The head of a log. */
  static byte[] head(long id) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).putLong(WORD).putInt(FORM).putLong(id);
    return head.putInt(checksum(head.array(), 0, HEAD_BYTES - Integer.BYTES)).array();
  }

  /** Whether bytes begin with the head of a log. */
  static boolean isHead(byte[] bytes, int length) {
    return length >= HEAD_BYTES
        && ByteBuffer.wrap(head(id(bytes))).equals(ByteBuffer.wrap(bytes, 0, HEAD_BYTES));
  }

  /** The id in the head of a log. */
  static long id(byte[] head) {
    return ByteBuffer.wrap(head).getLong(Long.BYTES + Integer.BYTES);
  }

  /**
   * A record.
   *
   * @param value the value; of a removal, nothing
   * @param length its length, or {@link #REMOVED}
   */
  static byte[] of(long id, long number, byte[] value, int length) {
    byte[] record = new byte[BYTES + value.length];
    System.arraycopy(value, 0, record, BYTES, value.length);
    ByteBuffer.wrap(record)
        .putInt(MARK)
        .putLong(number)
        .putInt(length)
        .putInt(checksum(id, record, 0, value.length));
    return record;
  }

  static boolean isMarked(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at) == MARK;
  }

  static long number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getLong(at + NUMBER_AT);
  }

  static int length(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at + LENGTH_AT);
  }

  /** Whether a whole record has the checksum that it says. */
  static boolean isSound(long id, byte[] bytes, int at, int valueLength) {
    return ByteBuffer.wrap(bytes).getInt(at + CHECKSUM_AT) == checksum(id, bytes, at, valueLength);
  }

  private static int checksum(long id, byte[] bytes, int at, int valueLength) {
    CRC32 crc = new CRC32();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
    crc.update(bytes, at, CHECKSUM_AT);
    crc.update(bytes, at + BYTES, valueLength);
    return (int) crc.getValue();
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
