package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Checksums of files. They are read without channels, which an interrupt would close. */
final class Checksum {
  private static final int BUFFER = 1 << 18;

  private Checksum() {}

  /** The checksum of a whole file. */
  static long of(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return of(in, Long.MAX_VALUE).getValue();
    }
  }

  /** The checksum of the first bytes of a file. */
  static CRC32 of(RandomAccessFile file, long bytes) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    file.seek(0);
    long left = bytes;
    while (left > 0) {
      int read = file.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (read < 0) {
        break;
      }
      checksum.update(buffer, 0, read);
      left -= read;
    }
    return checksum;
  }
}
