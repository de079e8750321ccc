package io.lanpo.shell.draft;

import java.util.Locale;

/** Sizes of memory as people read them. */
final class Sizes {
  private static final double GIB = 1 << 30;

  private Sizes() {}

  /** In GiB, as the refusal of a run has them. */
  static String of(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
