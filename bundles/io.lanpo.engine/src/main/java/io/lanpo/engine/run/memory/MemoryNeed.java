package io.lanpo.engine.run.memory;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.MemoryEstimate.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a run takes of the machine's memory, by estimate, and what it can get.
 *
 * @param parts what takes memory; the first is what the process has already, and the rest of Java's
 *     heap
 * @param bytes all parts together
 * @param availableBytes what the process has and could still get
 */
public record MemoryNeed(List<Part> parts, long bytes, long availableBytes) {
  private static final double GIB = 1 << 30;

  /**
   * @param heap what Java's heap will come to use of what it holds, in bytes
   * @param resident what the process has already, in bytes
   * @param free what it could still get, in bytes
   * @param reference the policy of the KL term; without parts when there is none
   * @param text the policy for text; without parts when there is none
   */
  static MemoryNeed of(
      MemoryEstimate policy,
      MemoryEstimate reference,
      MemoryEstimate text,
      long heap,
      long resident,
      long free) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("Java and libraries", resident + heap, ""));
    parts.addAll(policy.parts());
    for (Part part : reference.parts()) {
      parts.add(
          new Part(
              "reference policy: " + part.name(),
              part.bytes(),
              "objective.kl = 0 needs no reference policy"));
    }
    parts.addAll(text.parts());
    long bytes = parts.stream().mapToLong(Part::bytes).sum();
    long available = free > Long.MAX_VALUE - resident ? Long.MAX_VALUE : free + resident;
    return new MemoryNeed(List.copyOf(parts), bytes, available);
  }

  boolean fits() {
    return bytes <= availableBytes;
  }

  /** What makes it smaller, for the largest part first. */
  public List<String> advice() {
    return parts.stream()
        .sorted(Comparator.comparingLong(Part::bytes).reversed())
        .map(Part::advice)
        .filter(a -> !a.isEmpty())
        .distinct()
        .toList();
  }

  /** The refusal when it does not fit. */
  UserException refusal() {
    List<Part> largest =
        parts.stream().sorted(Comparator.comparingLong(Part::bytes).reversed()).toList();
    int width = parts.stream().mapToInt(p -> p.name().length()).max().orElse(0);
    StringBuilder table = new StringBuilder("the run does not fit into this machine's memory:");
    largest.forEach(part -> row(table, width, part.name(), part.bytes()));
    row(table, width, "in all", bytes);
    row(table, width, "available", availableBytes);
    List<String> advice = advice();
    return new UserException(
        table.toString(),
        (advice.isEmpty()
                ? "Free memory, or take a smaller model."
                : "What makes it smaller: %s.".formatted(String.join("; ", advice)))
            + " memory.check=warn tries it all the same.");
  }

  private static void row(StringBuilder table, int width, String name, long bytes) {
    table.append(
        String.format(
            Locale.ROOT,
            "%n  %-" + Math.max(width, "available".length()) + "s %8.2f GiB",
            name,
            bytes / GIB));
  }
}
