package io.lanpo.engine.run.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private long bytes() {
    return new AvailableMemory(root).bytes();
  }

  @Test
  void isWhatTheSystemCouldGive() throws IOException {
    file("proc/meminfo", "MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable:   4000 kB\n");
    assertEquals(4000 * 1024, bytes());
  }

  @Test
  void theTightestControlGroupCounts() throws IOException {
    file("proc/meminfo", "MemAvailable: 4000 kB\n");
    file("proc/self/cgroup", "0::/pod/task\n");
    file("sys/fs/cgroup/pod/memory.max", "3000000\n");
    file("sys/fs/cgroup/pod/memory.current", "1500000\n");
    file("sys/fs/cgroup/pod/memory.stat", "anon 7\ninactive_file 500000\n");
    file("sys/fs/cgroup/pod/task/memory.max", "max\n");
    file("sys/fs/cgroup/pod/task/memory.current", "1000\n");
    assertEquals(2_000_000, bytes(), "of the group above: idle pages of files count as free");
  }

  @Test
  void theOlderHierarchyCountsToo() throws IOException {
    file("proc/meminfo", "MemAvailable: 4000 kB\n");
    file("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/box\n0::/\n");
    file("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1000000\n");
    file("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "400000\n");
    file("sys/fs/cgroup/memory/box/memory.stat", "inactive_file 1\ntotal_inactive_file 100000\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertEquals(700_000, bytes());
  }

  @Test
  void aSystemThatTellsNothingHasWhatJavaSays() {
    assertTrue(bytes() > 0);
  }
}
