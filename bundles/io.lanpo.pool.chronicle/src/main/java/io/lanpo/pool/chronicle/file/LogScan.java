package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;

/**
 * The entries of a log, found by its records, each of which is believed only when its checksum is
 * right. Behind a damaged record the next sound one is looked for.
 */
final class LogScan implements EntrySource {
  private static final int BUFFER = 1 << 18;

  private final RandomAccessFile file;
  private final long id;
  private final long size;

  /** Numbers, which ascend in a log, and where their records begin; -1 of what was removed. */
  private long[] numbers = new long[64];

  private long[] places = new long[64];
  private int count;
  private long last = -1;
  private boolean damaged;

  /**
   * Reads a log, whatever state it is in. It stays open.
   *
   * @param acknowledged so many bytes of it count; what a killed process has left behind that is
   *     part of a batch that did not get to its end
   */
  LogScan(RandomAccessFile file, long id, long acknowledged) throws IOException {
    this.file = file;
    this.id = id;
    this.size = Math.min(file.length(), acknowledged);
    long at = LogRecord.HEAD_BYTES;
    while (at < size) {
      int bytes = take(at);
      if (bytes > 0) {
        at += bytes;
      } else {
        damaged = true;
        at = nextMark(at + 1);
      }
    }
  }

  /** Whether all that was read is records. */
  boolean whole() {
    return !damaged;
  }

  @Override
  public long[] numbers() {
    long[] there = new long[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (places[i] >= 0) {
        there[n++] = numbers[i];
      }
    }
    return Arrays.copyOf(there, n);
  }

  @Override
  public byte[] packed(long number) throws IOException {
    int i = Arrays.binarySearch(numbers, 0, count, number);
    if (i < 0 || places[i] < 0) {
      throw new IOException("the log has no entry " + number);
    }
    byte[] head = read(places[i], LogRecord.BYTES);
    return read(places[i] + LogRecord.BYTES, LogRecord.length(head, 0));
  }

  /** Takes the record at a place; its length, or 0 when there is none. */
  private int take(long at) throws IOException {
    if (size - at < LogRecord.BYTES) {
      return 0;
    }
    byte[] head = read(at, LogRecord.BYTES);
    int length = LogRecord.length(head, 0);
    int valueLength = Math.max(0, length);
    if (!LogRecord.isMarked(head, 0)
        || length < LogRecord.REMOVED
        || valueLength > Math.min(Packing.MOST, size - at - LogRecord.BYTES)) {
      return 0;
    }
    byte[] record = read(at, LogRecord.BYTES + valueLength);
    if (!LogRecord.isSound(id, record, 0, valueLength)) {
      return 0;
    }
    note(LogRecord.number(record, 0), length == LogRecord.REMOVED ? -1 : at);
    return record.length;
  }

  private void note(long number, long place) {
    if (place < 0) {
      int i = Arrays.binarySearch(numbers, 0, count, number);
      if (i >= 0) {
        places[i] = -1;
      }
    } else if (number > last) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
        places = Arrays.copyOf(places, 2 * count);
      }
      numbers[count] = number;
      places[count++] = place;
    }
    last = Math.max(last, number);
  }

  private long nextMark(long from) throws IOException {
    long at = from;
    while (size - at >= LogRecord.BYTES) {
      byte[] bytes = read(at, (int) Math.min(BUFFER, size - at));
      for (int i = 0; i <= bytes.length - Integer.BYTES; i++) {
        if (LogRecord.isMarked(bytes, i)) {
          return at + i;
        }
      }
      at += bytes.length - Integer.BYTES + 1;
    }
    return size;
  }

  private byte[] read(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
