package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A log that is open: entries are appended, nothing in it is ever changed. It is locked while it is
 * open, so that a process which has lost the lock of the folder, because somebody deleted that
 * file, still keeps others away.
 *
 * <p>Reads and writes are those of {@link RandomAccessFile}: an interrupt of the thread would close
 * a channel.
 */
final class LogFile implements AutoCloseable {
  private final RandomAccessFile file;
  private final RandomAccessFile endFile;
  private final CRC32 checksum;
  private final long id;
  private long bytes;
  private long entries;
  private long next;
  private boolean changed;
  private boolean pending;

  private LogFile(RandomAccessFile file, RandomAccessFile endFile, CRC32 checksum, LogEnd end) {
    this.file = file;
    this.endFile = endFile;
    this.checksum = checksum;
    this.id = end.id();
    this.bytes = end.bytes();
    this.entries = end.entries();
    this.next = end.next();
  }

  /** Makes an empty log. */
  static LogFile create(Path data, Kind kind, long id) throws IOException {
    byte[] head = LogRecord.head(id);
    CRC32 checksum = new CRC32();
    checksum.update(head);
    RandomAccessFile file = new RandomAccessFile(kind.log(data).toFile(), "rw");
    try {
      lock(file);
      file.setLength(0);
      file.write(head);
      RandomAccessFile end = new RandomAccessFile(kind.end(data).toFile(), "rw");
      end.setLength(0);
      LogFile log =
          new LogFile(file, end, checksum, new LogEnd(id, head.length, checksum.getValue(), 0, 0));
      log.changed = true;
      log.pending = true;
      log.acknowledge();
      return log;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens a log for appending.
   *
   * @param file the log, which is as its end says
   * @param checksum of all of its bytes
   */
  static LogFile open(RandomAccessFile file, Path endFile, CRC32 checksum, LogEnd end)
      throws IOException {
    file.seek(end.bytes());
    return new LogFile(file, new RandomAccessFile(endFile.toFile(), "rw"), checksum, end);
  }

  /** Locks a log; false when another process has it locked. */
  static boolean lock(RandomAccessFile file) throws IOException {
    try {
      @Nullable FileLock lock = file.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The number of the next entry. */
  long next() {
    return next;
  }

  /** Notes an entry. */
  void put(long number, byte[] packed) throws IOException {
    write(LogRecord.of(id, number, packed, packed.length));
    entries++;
    next = number + 1;
  }

  /** Notes that an entry is gone. */
  void remove(long number) throws IOException {
    write(LogRecord.of(id, number, new byte[0], LogRecord.REMOVED));
    entries--;
  }

  private void write(byte[] record) throws IOException {
    try {
      file.write(record);
    } catch (IOException e) {
      // What a full disk took of it must not stand between two records.
      file.setLength(bytes);
      file.seek(bytes);
      throw e;
    }
    changed = true;
    pending = true;
    checksum.update(record);
    bytes += record.length;
  }

  /** Everything up to here survives the process. */
  void acknowledge() throws IOException {
    if (pending) {
      endFile.seek(0);
      endFile.write(end().encoded());
      pending = false;
    }
  }

  /** Whether anything has been written. */
  boolean changed() {
    return changed;
  }

  /** What it holds now. */
  LogEnd end() {
    return new LogEnd(id, bytes, checksum.getValue(), entries, next);
  }

  /** Has the operating system write it to the disk. */
  @Override
  public void close() throws IOException {
    try (file;
        endFile) {
      if (changed) {
        acknowledge();
        file.getFD().sync();
        endFile.getFD().sync();
      }
    }
  }
}
