package io.lanpo.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** What a piece of work costs this process: time, processor time, and memory at its peak. */
public final class Meter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Sets the peak of resident memory back to what is resident now: {@code proc(5)}. */
  private static final String RESET_PEAK = "5";

  private Meter() {}

  /**
   * Some work with its cost.
   *
   * @param <T> what it gives
   * @param result what it gave
   * @param seconds on the clock
   * @param cpuSeconds of all processors
   * @param peakBytes most resident memory of the process; 0 where Linux does not tell
   */
  public record Metered<T>(T result, double seconds, double cpuSeconds, long peakBytes) {}

  /** Does the work. */
  public static <T> Metered<T> of(Supplier<T> work) {
    resetPeak();
    double cpu = cpuSeconds();
    long begin = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    return new Metered<>(result, seconds, cpuSeconds() - cpu, peakBytes());
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
