package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import net.openhft.chronicle.hash.ChecksumEntry;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Values under ascending sequence numbers in one Chronicle Map file. Numbers are never used again
 * while the log is open, so no entry is ever overwritten.
 *
 * <p>The map has a single segment and no extra tiers. Chronicle divides maps into segments for
 * concurrent writers; the pool writes one entry at a time, and with one segment the file is full
 * exactly when its space is used up, instead of whenever keys fall unevenly.
 */
public final class EntryLog implements AutoCloseable {
  /** A log and how many places of it had to be repaired. */
  public record Opened(EntryLog log, int repaired) {}

  private final Path file;
  private final Layout layout;
  private final ChronicleMap<Long, byte[]> map;
  private final Packing packing = new Packing();
  private long next;

  private EntryLog(Path file, Layout layout, ChronicleMap<Long, byte[]> map) {
    this.file = file;
    this.layout = layout;
    this.map = map;
    long[] numbers = numbers();
    this.next = numbers.length == 0 ? 0 : numbers[numbers.length - 1] + 1;
  }

  /** Makes a file and reserves all of its space. */
  static EntryLog create(Path file, Layout layout) throws IOException {
    return new EntryLog(file, layout, builder(layout).createPersistedTo(file.toFile()));
  }

  /**
   * Opens a file. Entries whose checksum is wrong are removed by a recovery, also when none was
   * asked for.
   */
  static Opened open(Path file, Layout layout, boolean recover) throws IOException {
    if (recover) {
      return recover(file, layout);
    }
    ChronicleMap<Long, byte[]> map = builder(layout).createPersistedTo(file.toFile());
    if (!intact(map)) {
      map.close();
      return recover(file, layout);
    }
    return new Opened(new EntryLog(file, layout, map), 0);
  }

  /** Opens a file that was closed in order and leaves everything in it as it is. */
  public static EntryLog openAsIs(Path file, Layout layout) throws IOException {
    return new EntryLog(file, layout, builder(layout).createPersistedTo(file.toFile()));
  }

  /** Whether all entries can be found and have the right checksum. */
  public boolean intact() {
    return intact(map);
  }

  private static boolean intact(ChronicleMap<Long, byte[]> map) {
    boolean[] damaged = new boolean[1];
    try {
      map.forEachEntry(entry -> damaged[0] |= !((ChecksumEntry) entry).checkSum());
    } catch (RuntimeException e) {
      // A damaged hash table sends the iteration astray in many ways.
      return false;
    }
    return !damaged[0];
  }

  /** Opens a file and repairs what can be repaired. */
  public static Opened recover(Path file, Layout layout) throws IOException {
    MapHeader.complete(file);
    AtomicInteger repaired = new AtomicInteger();
    ChronicleMap<Long, byte[]> map =
        builder(layout)
            .recoverPersistedTo(file.toFile(), false, corruption -> repaired.incrementAndGet());
    return new Opened(new EntryLog(file, layout, map), repaired.get());
  }

  private static ChronicleMapBuilder<Long, byte[]> builder(Layout layout) {
    return ChronicleMapBuilder.of(Long.class, byte[].class)
        .entries(layout.entries())
        .averageValueSize(layout.meanBytes())
        .actualSegments(1)
        .entriesPerSegment(layout.entries())
        .actualChunkSize(layout.chunkBytes())
        .actualChunksPerSegmentTier(layout.chunks())
        .allowSegmentTiering(false)
        .checksumEntries(true)
        .putReturnsNull(true)
        .removeReturnsNull(true)
        // The hook would unmap the file under a thread that is still writing.
        .skipCloseOnExitHook(true);
  }

  /** Number of entries. */
  long size() {
    return map.longSize();
  }

  /** Sequence numbers present, ascending. */
  public long[] numbers() {
    return map.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** A value as it is stored. */
  public byte[] pack(byte[] value) {
    return packing.pack(value);
  }

  /** Whether one packed value of this size fits into an empty log. */
  public boolean fits(int bytes) {
    return layout.fits(bytes);
  }

  /**
   * Stores a packed value.
   *
   * @return its sequence number, or -1 when there is no room until something is removed
   */
  public long append(byte[] packed) {
    try {
      map.put(next, packed);
      return next++;
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains("extra segment tier")) {
        return -1;
      }
      throw e;
    }
  }

  /**
   * The value of a number, unpacked.
   *
   * @throws IOException when it is not there or damaged
   */
  public byte[] read(long number) throws IOException {
    byte[] packed = map.get(number);
    if (packed == null) {
      throw new IOException("the pool file has lost entry " + number);
    }
    return packing.unpack(packed);
  }

  public void remove(long number) {
    map.remove(number);
  }

  /** Unmaps the file and has the operating system write it to the disk. */
  @Override
  public void close() throws IOException {
    map.close();
    packing.close();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
