package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * The head of a Chronicle Map file: 8 bytes checksum, a 4-byte size word whose highest bit says
 * "not complete", and that many bytes of text. Chronicle waits a minute, or for ever, for a damaged
 * head to become complete; so we look first.
 */
final class MapHeader {
  private static final int SIZE_WORD = 8;
  private static final int TEXT = 12;
  private static final int NOT_COMPLETE = 0x8000_0000;
  private static final int SIZE = 0x3FFF_FFFF;
  private static final int MOST = 16 << 10;

  private MapHeader() {}

  /**
   * A hash of the head, which never changes in the life of a file; a text that no file has when it
   * is damaged.
   */
  static String fingerprint(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = read(channel, TEXT);
      int size = start.remaining() < TEXT ? 0 : start.getInt(SIZE_WORD) & SIZE;
      if (size == 0 || size > MOST) {
        return "damaged";
      }
      ByteBuffer head = read(channel, TEXT + size);
      head.putInt(SIZE_WORD, head.getInt(SIZE_WORD) & ~NOT_COMPLETE);
      CRC32 crc = new CRC32();
      crc.update(head);
      return Long.toHexString(crc.getValue());
    }
  }

  /** Marks the head complete. A recovery that was killed leaves it incomplete. */
  static void complete(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer start = read(channel, TEXT);
      int word = start.getInt(SIZE_WORD);
      if ((word & NOT_COMPLETE) != 0) {
        start.putInt(SIZE_WORD, word & ~NOT_COMPLETE).position(SIZE_WORD);
        while (start.hasRemaining()) {
          channel.write(start, start.position());
        }
      }
    }
  }

  private static ByteBuffer read(FileChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
      continue;
    }
    return buffer.flip();
  }
}
