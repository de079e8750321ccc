package io.lanpo.it;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;

/** What this process takes of the machine's memory beside the Java heap. */
final class NativeMemory {
  private NativeMemory() {}

  /**
   * Resident memory without that of the Java heap, after the C library has given back what it can,
   * in bytes. How much of the heap is resident depends on how much of it was ever used.
   */
  static long outsideTheHeap() throws Exception {
    command("systemTrimNativeHeap");
    List<Long> heap =
        Pattern.compile("0x([0-9a-f]+)")
            .matcher(command("gcHeapInfo"))
            .results()
            .map(m -> Long.parseLong(m.group(1), 16))
            .sorted()
            .toList();
    Pattern mapping = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    long total = 0;
    boolean inHeap = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      Matcher begin = mapping.matcher(line);
      if (begin.matches()) {
        long address = Long.parseUnsignedLong(begin.group(1), 16);
        inHeap = address >= heap.get(0) && address < heap.get(heap.size() - 1);
      } else if (line.startsWith("Rss:") && !inHeap) {
        total += 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return total;
  }

  private static String command(String name) throws Exception {
    Object said =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                name,
                new Object[0],
                new String[0]);
    return String.valueOf(said);
  }
}
