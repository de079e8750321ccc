package io.lanpo.api.policy;

import java.util.List;

/**
 * How much memory a policy takes on its device, by what takes it.
 *
 * @param parts what takes memory; empty when a backend uses none of this machine's or cannot tell
 */
public record MemoryEstimate(List<Part> parts) {
  public MemoryEstimate {
    parts = List.copyOf(parts);
  }

  /**
   * One thing that takes memory.
   *
   * @param name what it is, e.g. {@code optimizer}
   * @param bytes at its peak
   * @param advice which setting makes it smaller and how; empty when none does
   */
  public record Part(String name, long bytes, String advice) {
    public Part {
      if (bytes < 0) {
        throw new IllegalArgumentException("%s takes %d bytes".formatted(name, bytes));
      }
    }
  }

  /** All parts together, in bytes. */
  public long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }
}
