package io.lanpo.pool.chronicle;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.pool.chronicle.codec.ExperienceCodec;
import io.lanpo.pool.chronicle.codec.LessonCodec;
import io.lanpo.pool.chronicle.file.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** Makes pools as version 3 of the format had them: maps and no logs. */
final class OldPool {
  private OldPool() {}

  /**
   * Makes a pool.
   *
   * @param removed so many of the first experiences are removed again
   */
  static void make(
      Path folder, int capacity, List<Experience> experiences, int removed, List<StoredLesson> ls)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve("data-1"));
    Files.createFile(folder.resolve("lock"));
    fill(data.resolve("experiences.map"), capacity, experiences, removed, ExperienceCodec::encode);
    fill(data.resolve("lessons.map"), capacity, ls, 0, LessonCodec::encode);
    String lines =
        "%1$s.entries=%2$d%n%1$s.mean-bytes=64%n%1$s.chunk-bytes=32%n%1$s.bytes=%3$d%n%1$s.head=1%n";
    Files.writeString(
        data.resolve("format.properties"),
        "version=3%n%s%s"
            .formatted(
                lines.formatted(
                    "experiences", capacity, Files.size(data.resolve("experiences.map"))),
                lines.formatted("lessons", capacity, Files.size(data.resolve("lessons.map")))));
  }

  static <T> void fill(
      Path file, int capacity, List<T> values, int removed, Function<T, byte[]> encode)
      throws IOException {
    Files.deleteIfExists(file);
    try (Packing packing = new Packing();
        ChronicleMap<Long, byte[]> map =
            ChronicleMapBuilder.of(Long.class, byte[].class)
                .entries(capacity)
                .averageValueSize(64)
                .actualSegments(1)
                .entriesPerSegment(capacity)
                .actualChunkSize(32)
                .actualChunksPerSegmentTier(Math.max(capacity * 3L, (4L << 20) / 32))
                .allowSegmentTiering(false)
                .checksumEntries(true)
                .putReturnsNull(true)
                .removeReturnsNull(true)
                .skipCloseOnExitHook(true)
                .createPersistedTo(file.toFile())) {
      for (int i = 0; i < values.size(); i++) {
        map.put((long) i, packing.pack(encode.apply(values.get(i))));
      }
      IntStream.range(0, removed).forEach(i -> map.remove((long) i));
    }
  }
}
