package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Budget;
import io.lanpo.libs.jinja.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The filters that compare elements, letters without regard to case unless told otherwise. */
final class Orders {
  private Orders() {}

  static Object sort(@Nullable Object value, Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    List<@Nullable Object> sorted = Values.elements(value, budget);
    Comparator<@Nullable Object> order =
        (a, b) -> {
          budget.step(1);
          return Values.compare(
              key(a, given.get(1), given.get(2)), key(b, given.get(1), given.get(2)));
        };
    sorted.sort(Values.isTrue(given.get(0)) ? Collections.reverseOrder(order) : order);
    return sorted;
  }

  static Object unique(@Nullable Object value, Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("unique", "case_sensitive", "attribute");
    List<@Nullable Object> seen = new ArrayList<>();
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object element : Values.elements(value, budget)) {
      Object key = key(element, given.get(0), given.get(1));
      if (!Values.contains(seen, key, budget)) {
        seen.add(key);
        kept.add(element);
      }
    }
    return kept;
  }

  /** The least or the greatest element, the first of equal ones; undefined if there is none. */
  static @Nullable Object extreme(
      @Nullable Object value, Arguments arguments, boolean greatest, Budget budget) {
    List<@Nullable Object> given =
        arguments.bind(greatest ? "max" : "min", "case_sensitive", "attribute");
    List<@Nullable Object> elements = Values.elements(value, budget);
    Object best = elements.isEmpty() ? null : elements.get(0);
    for (Object element : elements) {
      int order =
          Values.compare(
              key(element, given.get(0), given.get(1)), key(best, given.get(0), given.get(1)));
      best = (greatest ? order > 0 : order < 0) ? element : best;
    }
    return best;
  }

  /** A text in small letters; anything else as it is. */
  static @Nullable Object folded(@Nullable Object key) {
    return key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
  }

  private static @Nullable Object key(
      @Nullable Object element, @Nullable Object exact, @Nullable Object attribute) {
    Object key = attribute == null ? element : Values.path(element, attribute);
    return Values.isTrue(exact) ? key : folded(key);
  }
}
