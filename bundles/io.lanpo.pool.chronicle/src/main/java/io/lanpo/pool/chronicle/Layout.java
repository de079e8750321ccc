package io.lanpo.pool.chronicle;

/**
 * How a file is laid out when it is made. The whole file is allocated at once, so that a disk that
 * fills up later cannot hurt it.
 *
 * @param entries most entries it holds
 * @param meanBytes mean size of a value, in bytes; when values are larger it holds fewer
 */
record Layout(long entries, int meanBytes) {
  /** Key (8), size of the value (up to 5), checksum (4). */
  private static final int OVERHEAD_BYTES = 17;

  /** A tiny pool must still take a long text. */
  private static final long LEAST_BYTES = 4L << 20;

  /**
   * Size of the unit in which space is allocated: an eighth of a value wastes a sixteenth of it on
   * average.
   */
  int chunkBytes() {
    return Math.max(32, meanBytes / 64 * 8);
  }

  /** Number of allocation units. */
  long chunks() {
    long perEntry = (meanBytes + OVERHEAD_BYTES + chunkBytes() - 1L) / chunkBytes();
    return Math.max(entries * perEntry, LEAST_BYTES / chunkBytes());
  }

  /** Room for values, in bytes. */
  long valueBytes() {
    return chunks() * chunkBytes();
  }

  /**
   * Upper estimate of the size of the file, in bytes: values, hash table (up to 32 bytes an entry),
   * free list.
   */
  long fileBytes() {
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
