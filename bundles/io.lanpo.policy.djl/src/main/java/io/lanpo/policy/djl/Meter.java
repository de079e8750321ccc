package io.lanpo.policy.djl;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a piece of work costs this process: time, processor time, and memory at its peak. */
final class Meter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Sets the peak of resident memory back to what is resident now: {@code proc(5)}. */
  private static final String RESET_PEAK = "5";

  private Meter() {}

  /**
   * The cost of some work.
   *
   * @param seconds on the clock
   * @param cpuSeconds of all processors
   * @param peakBytes most resident memory of the process; 0 where Linux does not tell
   */
  record Cost(double seconds, double cpuSeconds, long peakBytes) {}

  /** Does the work. */
  static Cost of(Runnable work) {
    resetPeak();
    double cpu = cpuSeconds();
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    return new Cost(seconds, cpuSeconds() - cpu, peakBytes());
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * 1e-9;
  }

  private static void resetPeak() {
    try {
      if (Files.isWritable(CLEAR)) {
        Files.writeString(CLEAR, RESET_PEAK, StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reset the peak of memory", e);
    }
  }

  private static long peakBytes() {
    try {
      return !Files.isReadable(STATUS)
          ? 0
          : Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the peak of memory", e);
    }
  }
}
