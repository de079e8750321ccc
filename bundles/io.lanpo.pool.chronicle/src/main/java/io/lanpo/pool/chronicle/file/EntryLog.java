package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Packed values under ascending numbers, twice: in a log, which is the truth, and in a map, which
 * finds them. Numbers are never used again, so no entry is ever overwritten.
 */
public final class EntryLog {
  /** A log may be this much longer than all the values that the map has room for. */
  private static final long SLACK_BYTES = 4L << 20;

  private final Layout layout;
  private final ValueMap map;
  private final LogFile log;
  private final Packing packing = new Packing();

  EntryLog(Layout layout, ValueMap map, LogFile log) {
    this.layout = layout;
    this.map = map;
    this.log = log;
  }

  /** The numbers of the entries, ascending. */
  public long[] numbers() {
    return map.numbers();
  }

  /** A value as it is stored. */
  public byte[] pack(byte[] value) {
    return packing.pack(value);
  }

  /** Whether one packed value of this size fits when nothing else is there. */
  public boolean fits(int bytes) {
    return layout.fits(bytes);
  }

  /**
   * Stores a packed value.
   *
   * @return its number, or -1 when there is no room until something is removed
   * @throws IOException when it cannot be written, such as on a full disk; then it is not there
   */
  public long append(byte[] packed) throws IOException {
    long number = log.next();
    return put(number, packed) ? number : -1;
  }

  private boolean put(long number, byte[] packed) throws IOException {
    if (!map.put(number, packed)) {
      return false;
    }
    boolean noted = false;
    try {
      log.put(number, packed);
      noted = true;
    } finally {
      if (!noted) {
        map.remove(number);
      }
    }
    return true;
  }

  /** Takes all entries of another place under their numbers; false when there is no room. */
  boolean take(EntrySource source) throws IOException {
    for (long number : source.numbers()) {
      if (!put(number, source.packed(number))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The value of a number, unpacked.
   *
   * @throws IOException when it is not there or damaged
   */
  public byte[] read(long number) throws IOException {
    return packing.unpack(map.packed(number));
  }

  /**
   * @throws IOException when that cannot be noted; then it is still there
   */
  public void remove(long number) throws IOException {
    log.remove(number);
    map.remove(number);
  }

  void acknowledge() throws IOException {
    log.acknowledge();
  }

  Layout layout() {
    return layout;
  }

  EntrySource source() {
    return map;
  }

  /** Whether what was removed takes most of the log. */
  boolean wasteful() {
    return log.end().bytes() > 2 * layout.valueBytes() + SLACK_BYTES;
  }

  boolean changed() {
    return log.changed();
  }

  /** What is known of the files while they are open. */
  PoolFormat.Part opened() {
    return PoolFormat.Part.of(layout, 0, PoolFormat.Part.OPEN, log.end());
  }

  /**
   * Closes both files.
   *
   * @param mapFile the map's file
   * @return what they are then
   */
  PoolFormat.Part close(Path mapFile) throws IOException {
    try (log;
        packing) {
      map.close();
    }
    return PoolFormat.Part.of(layout, Files.size(mapFile), Checksum.of(mapFile), log.end());
  }

  /** Closes both files without a look at what is in them. */
  void abandon() throws IOException {
    try (log;
        packing) {
      map.close();
    }
  }
}
