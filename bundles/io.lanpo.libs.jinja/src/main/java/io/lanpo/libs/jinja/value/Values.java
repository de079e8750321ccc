package io.lanpo.libs.jinja.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of a template and what Python does with them. A value is null (undefined), {@link
 * None}, a Boolean, a Long, a Double, a String, a List or a Map; texts are counted in code points.
 */
public final class Values {
  private Values() {}

  public static boolean isTrue(@Nullable Object value) {
    if (value == null || value == None.NONE) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    // a namespace is an object to Python and has no length, whatever it holds
    return !(value instanceof Map<?, ?> map) || !map.isEmpty();
  }

  public static boolean areEqual(@Nullable Object a, @Nullable Object b, Budget budget) {
    budget.step(1);
    if (number(a) instanceof Number x && number(b) instanceof Number y) {
      return compare(x, y) == 0;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      boolean equal = x.size() == y.size();
      for (int i = 0; equal && i < x.size(); i++) {
        equal = areEqual(x.get(i), y.get(i), budget);
      }
      return equal;
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      boolean equal = x.keySet().equals(y.keySet());
      for (Map.Entry<?, ?> entry : x.entrySet()) {
        equal = equal && areEqual(entry.getValue(), y.get(entry.getKey()), budget);
      }
      return equal;
    }
    return Objects.equals(a, b);
  }

  /** Negative, 0 or positive, for two numbers or two texts. */
  public static int compare(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (number(a) instanceof Number x && number(b) instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw Stop.wrong("%s and %s cannot be compared", kind(a), kind(b));
  }

  /** Numbers as they are, truth values as 1 and 0, others as null. */
  public static @Nullable Object number(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    return value instanceof Number ? value : null;
  }

  public static boolean contains(@Nullable Object whole, @Nullable Object part, Budget budget) {
    if (whole instanceof String text) {
      return text.contains(text(part, "in"));
    }
    for (Object element : elements(whole, budget)) {
      if (areEqual(element, part, budget)) {
        return true;
      }
    }
    return false;
  }

  /** What a loop over a value sees: elements, keys, characters; nothing if it is undefined. */
  public static List<@Nullable Object> elements(@Nullable Object value, Budget budget) {
    List<@Nullable Object> elements = new ArrayList<>();
    if (value instanceof List<?> list) {
      elements.addAll(list);
    } else if (value instanceof Map<?, ?> map) {
      elements.addAll(map.keySet());
    } else if (value instanceof String text) {
      text.codePoints().forEach(c -> elements.add(Character.toString(c)));
    } else if (value != null) {
      throw Stop.wrong("%s has no elements", kind(value));
    }
    budget.step(elements.size());
    return elements;
  }

  /** {@code base.name}: of a dictionary or namespace, or of a loop. */
  public static @Nullable Object attribute(@Nullable Object base, String name) {
    if (base instanceof Attributes attributes) {
      return attributes.attribute(name);
    }
    if (base instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (base == null) {
      throw Stop.wrong("'%s' is asked of something that is undefined", name);
    }
    return null;
  }

  /** {@code base.a.b} for the attribute {@code a.b}; null when there is none on the way. */
  public static @Nullable Object path(@Nullable Object base, Object attribute) {
    Object value = base;
    for (String name : Texts.of(attribute, new Budget()).split("\\.")) {
      value = value == null ? null : attribute(value, name);
    }
    return value;
  }

  /** {@code base[index]}; null when there is no such element. */
  public static @Nullable Object element(@Nullable Object base, @Nullable Object index) {
    if (base instanceof List<?> list && index instanceof Long at) {
      long i = at < 0 ? at + list.size() : at;
      return i < 0 || i >= list.size() ? null : list.get((int) i);
    }
    if (base instanceof String text && index instanceof Long at) {
      int size = text.codePointCount(0, text.length());
      long i = at < 0 ? at + size : at;
      return i < 0 || i >= size
          ? null
          : Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) i)));
    }
    if (base instanceof Map<?, ?> map) {
      return map.get(index);
    }
    return index instanceof String name ? attribute(base, name) : undefinedIn(base);
  }

  private static @Nullable Object undefinedIn(@Nullable Object base) {
    if (base == null) {
      throw Stop.wrong("an element is asked of something that is undefined");
    }
    return null;
  }

  /** Key and value of every entry. */
  public static List<List<?>> pairs(Map<?, ?> map) {
    List<List<?>> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(Arrays.asList(key, value)));
    return pairs;
  }

  /**
   * A value that must be a text.
   *
   * @param where what needs it, for the failure
   */
  public static String text(@Nullable Object value, String where) {
    if (value instanceof String text) {
      return text;
    }
    throw Stop.wrong("%s needs a text, not %s", where, kind(value));
  }

  public static long whole(@Nullable Object value, String where) {
    if (number(value) instanceof Long number) {
      return number;
    }
    throw Stop.wrong("%s needs a whole number, not %s", where, kind(value));
  }

  /** What a value is, for a failure. */
  public static String kind(@Nullable Object value) {
    if (value == null) {
      return "something undefined";
    }
    if (value == None.NONE) {
      return "none";
    }
    if (value instanceof String) {
      return "a text";
    }
    if (value instanceof Boolean) {
      return "a truth value";
    }
    if (value instanceof Number) {
      return "a number";
    }
    return value instanceof List<?> ? "a list" : "a dictionary";
  }
}
