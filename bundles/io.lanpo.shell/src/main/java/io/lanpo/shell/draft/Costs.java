package io.lanpo.shell.draft;

import java.time.Duration;

/**
 * A command to try, and what it takes by estimate.
 *
 * @param command as it is typed
 * @param what it is for
 * @param seconds that it takes
 * @param bytes of memory at its peak
 */
public record Costs(String command, String what, double seconds, long bytes) {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  /** A rough span of time: seconds, minutes or hours. */
  public static String span(double seconds) {
    Duration whole = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
    if (whole.toSeconds() < MINUTE) {
      return "%d s".formatted(whole.toSeconds());
    }
    if (whole.toSeconds() < 2 * HOUR) {
      return "%d min".formatted(Math.round(seconds / MINUTE));
    }
    return "%d h".formatted(Math.round(seconds / HOUR));
  }

  /** Memory at the peak, as people read it. */
  public String memory() {
    return Sizes.of(bytes);
  }
}
