package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a log held when the last batch was acknowledged. It is kept in a file of its own, so that a
 * log which was cut short, or damaged anywhere, is noticed, also after a crash.
 *
 * @param id of the log
 * @param bytes its length
 * @param checksum of all of these bytes
 * @param entries how many entries have not been removed
 * @param next the number of the next entry
 */
record LogEnd(long id, long bytes, long checksum, long entries, long next) {
  private static final long WORD = 0x4C41_4E50_4F45_4E44L;
  private static final int BYTES = 6 * Long.BYTES + Integer.BYTES;

  byte[] encoded() {
    ByteBuffer buffer =
        ByteBuffer.allocate(BYTES)
            .putLong(WORD)
            .putLong(id)
            .putLong(bytes)
            .putLong(checksum)
            .putLong(entries)
            .putLong(next);
    return buffer.putInt(LogRecord.checksum(buffer.array(), 0, BYTES - Integer.BYTES)).array();
  }

  /** What a file says; null when it is missing or damaged. */
  static @Nullable LogEnd read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(BYTES + 1);
    }
    if (bytes.length != BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(Long.BYTES);
    LogEnd end =
        new LogEnd(
            buffer.getLong(),
            buffer.getLong(),
            buffer.getLong(),
            buffer.getLong(),
            buffer.getLong());
    return ByteBuffer.wrap(end.encoded()).equals(ByteBuffer.wrap(bytes)) ? end : null;
  }
}
