package io.lanpo.shell.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
public final class NumberFormats {
  private static final String NONE = "-";

  private NumberFormats() {}

  /** A count with thousands apart: {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A share or a mean reward with its standard error: {@code 0.931 ± 0.011}. */
  public static String score(double mean, double se) {
    if (!Double.isFinite(mean)) {
      return NONE;
    }
    String error = Double.isFinite(se) ? String.format(Locale.ROOT, " ± %.3f", se) : "";
    return String.format(Locale.ROOT, "%.3f", mean) + error;
  }

  /** A share in per cent. */
  public static String share(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * 100) : NONE;
  }

  /** A figure of unknown size with about four digits. */
  public static String figure(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e15) {
      return count((long) value);
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 0.001) {
      String format = size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : size >= 0.01 ? "%.3f" : "%.4f";
      return String.format(Locale.ROOT, format, value);
    }
    return String.format(Locale.ROOT, "%.2e", value);
  }

  /** Seconds to a tenth. */
  public static String seconds(double seconds) {
    return Double.isFinite(seconds) ? String.format(Locale.ROOT, "%,.1f", seconds) : NONE;
  }

  /** A span of time in two units: {@code 45s}, {@code 3m 12s}, {@code 1h 04m}, {@code 2d 03h}. */
  public static String span(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%dd %02dh", seconds / 86_400, seconds / 3600 % 24);
  }

  /** A size in decimal units: {@code 1.8 GB}. */
  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, units[unit]);
  }
}
