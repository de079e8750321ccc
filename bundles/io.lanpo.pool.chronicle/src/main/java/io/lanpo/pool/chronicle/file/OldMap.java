package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.hash.impl.stage.entry.ChecksumHashing;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a Chronicle Map file of a pool of version 3, which had no log. The file is read as
 * bytes, without Chronicle, and every place that it names is looked at before it is believed: a
 * damaged file ends no process.
 *
 * <p>Behind a head in words stand the segment's head, a hash table of places, a free list with a
 * bit for each unit of space, and the space. An entry is its number, the length of its value in
 * groups of seven bits, the value, and a checksum.
 */
final class OldMap implements EntrySource {
  private static final int SIZE_WORD = 8;
  private static final int TEXT = 12;
  private static final int SIZE = 0x3FFF_FFFF;
  private static final int PAGE = 4096;
  private static final int COUNTERS = 64;
  private static final int CHECKSUM = 4;
  private static final int LONGEST_LENGTH = 5;
  private static final int MOST_SLOTS = 1 << 27;

  private final RandomAccessFile file;
  private final Map<String, Long> head;
  private final long space;
  private final Map<Long, Long> places = new TreeMap<>();
  private long damaged;
  private long unitsOfEntries;

  private OldMap(RandomAccessFile file, Map<String, Long> head) throws IOException {
    this.file = file;
    this.head = head;
    long table = PAGE + of("segmentHeaderSize");
    long freeList = table + of("tierHashLookupOuterSize") + COUNTERS;
    this.space = freeList + of("tierFreeListOuterSize");
    find(table);
    long used = bits(freeList, Math.toIntExact(of("tierFreeListInnerSize")));
    if (damaged == 0 && used != unitsOfEntries) {
      damaged = 1;
    }
  }

  /** Reads a file; null when its head or its size is wrong. */
  static @Nullable OldMap open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    boolean done = false;
    try {
      Map<String, Long> head = head(file);
      if (head != null) {
        OldMap map = new OldMap(file, head);
        done = true;
        return map;
      }
      return null;
    } catch (ArithmeticException e) {
      return null;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private static @Nullable Map<String, Long> head(RandomAccessFile file) throws IOException {
    if (file.length() < PAGE) {
      return null;
    }
    byte[] page = read(file, 0, PAGE);
    int size = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getInt(SIZE_WORD) & SIZE;
    if (size > PAGE - TEXT) {
      return null;
    }
    Map<String, Long> head = new TreeMap<>();
    Matcher line =
        Pattern.compile("^ *(\\w+): (\\d{1,15}),?$", Pattern.MULTILINE)
            .matcher(new String(page, TEXT, size, StandardCharsets.ISO_8859_1));
    while (line.find()) {
      head.put(line.group(1), Long.valueOf(line.group(2)));
    }
    long bytes = PAGE;
    for (String part :
        new String[] {
          "segmentHeaderSize",
          "tierHashLookupOuterSize",
          "tierFreeListOuterSize",
          "tierEntrySpaceOuterSize"
        }) {
      bytes += head.getOrDefault(part, 0L);
    }
    long table =
        head.getOrDefault("tierHashLookupCapacity", 0L)
            * head.getOrDefault("tierHashLookupSlotSize", 0L);
    boolean right =
        (bytes + COUNTERS + PAGE - 1) / PAGE * PAGE == file.length()
            && table > 0
            && table <= MOST_SLOTS
            && table <= head.getOrDefault("tierHashLookupOuterSize", 0L)
            && head.getOrDefault("tierFreeListInnerSize", 0L)
                <= head.getOrDefault("tierFreeListOuterSize", 0L)
            && head.getOrDefault("chunkSize", 0L) > 0
            && head.containsKey("tierHashLookupKeyBits");
    return right ? head : null;
  }

  private long of(String key) {
    return head.getOrDefault(key, 0L);
  }

  private void find(long table) throws IOException {
    int slotBytes = (int) of("tierHashLookupSlotSize");
    int slots = (int) of("tierHashLookupCapacity");
    ByteBuffer bytes =
        ByteBuffer.wrap(read(file, table, slots * slotBytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < slots; i++) {
      long slot =
          slotBytes == Long.BYTES ? bytes.getLong(8 * i) : bytes.getInt(4 * i) & 0xFFFF_FFFFL;
      if (slot != 0) {
        take(space + (slot >>> of("tierHashLookupKeyBits")) * of("chunkSize"));
      }
    }
  }

  private void take(long place) throws IOException {
    byte[] entry = entry(place);
    if (entry == null || places.put(key(entry), place) != null) {
      damaged++;
      return;
    }
    unitsOfEntries += (entry.length + of("chunkSize") - 1) / of("chunkSize");
  }

  private static long key(byte[] entry) {
    return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** A whole entry; null when there is none at a place. */
  private byte @Nullable [] entry(long place) throws IOException {
    long end = space + of("tierEntrySpaceInnerSize");
    if (place < space || place > end - Long.BYTES - LONGEST_LENGTH - CHECKSUM) {
      return null;
    }
    byte[] start = read(file, place, Long.BYTES + LONGEST_LENGTH);
    int lengthBytes = lengthBytes(start);
    long length = length(start, lengthBytes);
    long whole = Long.BYTES + lengthBytes + length + CHECKSUM;
    if (lengthBytes > LONGEST_LENGTH || whole > end - place || length > Packing.MOST) {
      return null;
    }
    byte[] entry = read(file, place, (int) whole);
    int at = entry.length - CHECKSUM;
    int checksum = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    return checksum == checksum(entry, at) ? entry : null;
  }

  private static int checksum(byte[] entry, int end) {
    LongHashFunction hash = LongHashFunction.xx_r39();
    long mixed =
        ChecksumHashing.hash8To16Bytes(
            Long.BYTES,
            hash.hashLong(key(entry)),
            hash.hashBytes(entry, Long.BYTES, end - Long.BYTES));
    return (int) (mixed >>> 32 ^ mixed);
  }

  private static int lengthBytes(byte[] start) {
    int bytes = 1;
    while (bytes <= LONGEST_LENGTH && start[Long.BYTES + bytes - 1] < 0) {
      bytes++;
    }
    return bytes;
  }

  private static long length(byte[] start, int lengthBytes) {
    long length = 0;
    for (int i = 0; i < Math.min(lengthBytes, LONGEST_LENGTH); i++) {
      length |= (start[Long.BYTES + i] & 0x7FL) << (7 * i);
    }
    return length;
  }

  private long bits(long at, int bytes) throws IOException {
    ByteBuffer list = ByteBuffer.wrap(read(file, at, bytes));
    long bits = 0;
    while (list.remaining() >= Long.BYTES) {
      bits += Long.bitCount(list.getLong());
    }
    return bits;
  }

  private static byte[] read(RandomAccessFile file, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }

  /** Whether the table, the free list and the entries tell the same. */
  boolean whole() {
    return damaged == 0;
  }

  @Override
  public long[] numbers() {
    return places.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public byte[] packed(long number) throws IOException {
    Long place = places.get(number);
    byte[] entry = place == null ? null : entry(place);
    if (entry == null) {
      throw new IOException("the pool file has lost entry " + number);
    }
    int from = Long.BYTES + lengthBytes(entry);
    byte[] value = new byte[entry.length - CHECKSUM - from];
    System.arraycopy(entry, from, value, 0, value.length);
    return value;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
