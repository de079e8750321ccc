package io.lanpo.engine.run.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Memory that this process could still take: what the system could give without swapping, and what
 * the limits of the control groups that the process is in leave of it.
 *
 * @param root where the system's files are, {@code /} outside tests
 */
record AvailableMemory(Path root) {
  /** In bytes; {@code Long.MAX_VALUE} where the system does not tell. */
  long bytes() {
    return LongStream.concat(LongStream.of(system()), limits()).min().orElse(Long.MAX_VALUE);
  }

  private long system() {
    long kilobytes = named(root.resolve("proc/meminfo"), "MemAvailable:");
    if (kilobytes >= 0) {
      return kilobytes * 1024;
    }
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getFreeMemorySize()
        : Long.MAX_VALUE;
  }

  /** What each limit leaves, in the unified hierarchy (v2) or in that of memory (v1). */
  private LongStream limits() {
    Path groups = root.resolve("sys/fs/cgroup");
    return lines(root.resolve("proc/self/cgroup")).stream()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields.length == 3)
        .mapToLong(
            fields -> {
              if (Arrays.asList(fields[1].split(",")).contains("memory")) {
                return left(
                    groups.resolve("memory"),
                    fields[2],
                    List.of(
                        "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"));
              }
              return fields[1].isEmpty()
                  ? left(
                      groups, fields[2], List.of("memory.max", "memory.current", "inactive_file"))
                  : Long.MAX_VALUE;
            });
  }

  /**
   * The least that a group and those above it leave. Pages of files that were not used lately can
   * be taken back, so they do not count as used.
   *
   * @param names of the files with the limit and the use, and of the entry for such pages
   */
  private static long left(Path hierarchy, String group, List<String> names) {
    long least = Long.MAX_VALUE;
    Path folder = hierarchy.resolve(group.replaceFirst("^/+", "")).normalize();
    for (Path at = folder; at != null && at.startsWith(hierarchy); at = at.getParent()) {
      long limit = number(at.resolve(names.get(0)));
      long used = number(at.resolve(names.get(1)));
      if (limit >= 0 && used >= 0) {
        long idle = Math.max(0, named(at.resolve("memory.stat"), names.get(2)));
        least = Math.min(least, Math.max(0, limit - used + idle));
      }
    }
    return least;
  }

  /** The number in a file; -1 when there is no file or no number, as in {@code max}. */
  private static long number(Path file) {
    return lines(file).stream().mapToLong(AvailableMemory::parsed).findFirst().orElse(-1);
  }

  /** The number behind a name; -1 when there is none. */
  private static long named(Path file, String name) {
    return lines(file).stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > 1 && words[0].equals(name))
        .mapToLong(words -> parsed(words[1]))
        .findFirst()
        .orElse(-1);
  }

  private static long parsed(String text) {
    return text.strip().matches("\\d{1,18}") ? Long.parseLong(text.strip()) : -1;
  }

  private static List<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }
}
