package io.lanpo.pool.chronicle.file;

/**
 * How a file is laid out when it is made. The whole file is allocated at once, so that a disk that
 * fills up later cannot hurt it.
 *
 * @param entries most entries it holds
 * @param meanBytes mean size of a value as it is stored, in bytes; when values are larger it holds
 *     fewer
 * @param chunkBytes size of the unit in which space is allocated, in bytes
 */
public record Layout(long entries, int meanBytes, int chunkBytes) {
  /** Key (8), size of the value (up to 5), checksum (4). */
  private static final int OVERHEAD_BYTES = 17;

  /** A tiny pool must still take a long text. */
  private static final long LEAST_BYTES = 4L << 20;

  private static final int LEAST_CHUNK_BYTES = 32;

  /** Units of a 32nd of a value: half of one, a 64th, is wasted on average. */
  public static Layout of(long entries, int meanBytes) {
    return new Layout(entries, meanBytes, Math.max(LEAST_CHUNK_BYTES, meanBytes / 256 * 8));
  }

  /** The smallest layout that holds whatever files of both hold. */
  static Layout covering(Layout held, Layout wanted) {
    if (held.covers(wanted)) {
      return held;
    }
    long entries = Math.max(held.entries, wanted.entries);
    int meanBytes = wanted.meanBytes;
    while (of(entries, meanBytes).valueBytes() < held.valueBytes()) {
      meanBytes += 1 + meanBytes / 64;
    }
    return of(entries, meanBytes);
  }

  /** Number of allocation units. */
  long chunks() {
    long perEntry = (meanBytes + OVERHEAD_BYTES + chunkBytes - 1L) / chunkBytes;
    return Math.max(entries * perEntry, LEAST_BYTES / chunkBytes);
  }

  /** Room for values, in bytes. */
  long valueBytes() {
    return chunks() * chunkBytes;
  }

  /**
   * Upper estimate of the size of the file, in bytes: values, hash table (up to 32 bytes an entry),
   * free list.
   */
  public long fileBytes() {
    return valueBytes() + 32 * entries + chunks() / 8 + (64 << 10);
  }

  /** Whether one value of this size fits at all. */
  boolean fits(int bytes) {
    return (bytes + OVERHEAD_BYTES) <= valueBytes();
  }

  /** Whether a file of this layout holds whatever a file of the other holds. */
  boolean covers(Layout other) {
    return entries >= other.entries && valueBytes() >= other.valueBytes();
  }
}
