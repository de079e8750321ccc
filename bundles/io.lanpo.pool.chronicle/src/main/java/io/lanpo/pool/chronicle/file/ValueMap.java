package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Packed values under their numbers in one Chronicle Map file. Chronicle follows whatever a damaged
 * file says, outside of the file too, which ends the process; so only a file that is known to be as
 * Chronicle wrote it is opened, and any other is made again from the log beside it.
 *
 * <p>The map has a single segment and no extra tiers. Chronicle divides maps into segments for
 * concurrent writers; the pool writes one entry at a time, and with one segment the file is full
 * exactly when its space is used up, instead of whenever keys fall unevenly.
 */
final class ValueMap implements EntrySource {
  private final ChronicleMap<Long, byte[]> map;

  private ValueMap(ChronicleMap<Long, byte[]> map) {
    this.map = map;
  }

  /** Makes a file and reserves all of its space, or opens one that is known to be sound. */
  static ValueMap open(Path file, Layout layout) throws IOException {
    return new ValueMap(
        ChronicleMapBuilder.of(Long.class, byte[].class)
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
            .skipCloseOnExitHook(true)
            .createPersistedTo(file.toFile()));
  }

  /** Number of entries. */
  long size() {
    return map.longSize();
  }

  @Override
  public long[] numbers() {
    return map.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
  }

  @Override
  public byte[] packed(long number) throws IOException {
    byte[] packed = map.get(number);
    if (packed == null) {
      throw new IOException("the pool file has lost entry " + number);
    }
    return packed;
  }

  /** Whether there was room for a value. */
  boolean put(long number, byte[] packed) {
    try {
      map.put(number, packed);
      return true;
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains("extra segment tier")) {
        return false;
      }
      throw e;
    }
  }

  void remove(long number) {
    map.remove(number);
  }

  @Override
  public void close() {
    map.close();
  }
}
