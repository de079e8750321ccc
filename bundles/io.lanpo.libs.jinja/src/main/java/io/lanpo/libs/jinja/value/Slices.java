package io.lanpo.libs.jinja.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Python's {@code [start:stop:step]}. */
public final class Slices {
  private Slices() {}

  /** A bound; empty where it is left out. */
  public static Optional<Long> bound(@Nullable Object value) {
    return value == None.NONE ? Optional.empty() : Optional.of(Values.whole(value, "a slice"));
  }

  /** A part of a text or a list. */
  public static Object of(@Nullable Object whole, List<Optional<Long>> bounds, Budget budget) {
    if (!(whole instanceof String) && !(whole instanceof List<?>)) {
      throw Stop.wrong("%s has no slices", Values.kind(whole));
    }
    List<@Nullable Object> elements = Values.elements(whole, budget);
    int size = elements.size();
    long step = bounds.size() > 2 ? bounds.get(2).orElse(1L) : 1;
    if (step == 0 || bounds.size() > 3) {
      throw Stop.wrong("a slice has at most start, stop and a step that is not 0");
    }
    long start = bounds.get(0).map(b -> clip(b, size, step)).orElse(step > 0 ? 0L : size - 1L);
    long stop = bounds.get(1).map(b -> clip(b, size, step)).orElse(step > 0 ? (long) size : -1L);
    List<@Nullable Object> part = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      part.add(elements.get((int) i));
    }
    if (whole instanceof String) {
      StringBuilder text = new StringBuilder();
      part.forEach(text::append);
      return text.toString();
    }
    return part;
  }

  private static long clip(long bound, int size, long step) {
    long at = bound < 0 ? bound + size : bound;
    return step > 0 ? Math.max(0, Math.min(at, size)) : Math.max(-1, Math.min(at, size - 1L));
  }
}
