package io.lanpo.engine.run.progress;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system tells about this process. */
public final class ProcessStatus {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessStatus() {}

  /** Processor seconds of this process so far; 0 where the system does not tell. */
  public static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  /** Largest resident size of this process in bytes; 0 where the system does not tell. */
  public static long peakMemoryBytes() {
    return status("VmHWM:");
  }

  /** Resident size of this process in bytes; 0 where the system does not tell. */
  public static long residentBytes() {
    return status("VmRSS:");
  }

  /**
   * What Java's heap has taken from the system and not used yet, in bytes. It will be used: Java
   * collects garbage when its heap is full.
   */
  public static long heapRoomBytes() {
    return Runtime.getRuntime().freeMemory();
  }

  private static long status(String name) {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
    return 0;
  }
}
