package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Arithmetic;
import io.lanpo.libs.jinja.value.Budget;
import io.lanpo.libs.jinja.value.Formats;
import io.lanpo.libs.jinja.value.Json;
import io.lanpo.libs.jinja.value.None;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Texts;
import io.lanpo.libs.jinja.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The filters behind {@code |}. */
public final class Filters {
  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    text("upper", text -> text.toUpperCase(Locale.ROOT));
    text("lower", text -> text.toLowerCase(Locale.ROOT));
    text("capitalize", Texts::capitalize);
    text("title", Texts::title);
    // Nothing is escaped, so there is nothing to keep from being escaped.
    text("safe", text -> text);
    text("string", text -> text);
    ALL.put("trim", Filters::trim);
    ALL.put("replace", Filters::replace);
    ALL.put("tojson", Json::write);
    ALL.put("join", Filters::join);
    ALL.put("length", (value, arguments, budget) -> length(value));
    ALL.put("count", (value, arguments, budget) -> length(value));
    ALL.put("default", Filters::orElse);
    ALL.put("d", Filters::orElse);
    ALL.put("first", (v, a, budget) -> Values.element(Values.elements(v, budget), 0L));
    ALL.put("last", (v, a, budget) -> Values.element(Values.elements(v, budget), -1L));
    ALL.put("list", (v, a, budget) -> Values.elements(v, budget));
    ALL.put("reverse", Filters::reverse);
    ALL.put("items", (v, a, budget) -> v == null ? List.of() : Values.pairs(map(v)));
    ALL.put("dictsort", Filters::dictsort);
    ALL.put("int", (v, a, budget) -> whole(v, a));
    ALL.put("abs", (v, a, budget) -> Values.compare(v, 0L) < 0 ? Arithmetic.apply('-', 0L, v) : v);
    ALL.put("format", (v, a, budget) -> Formats.percent(Texts.of(v, budget), a, budget));
    ALL.put("map", Filters::map);
    ALL.put("sort", Orders::sort);
    ALL.put("unique", Orders::unique);
    ALL.put("min", (v, a, budget) -> Orders.extreme(v, a, false, budget));
    ALL.put("max", (v, a, budget) -> Orders.extreme(v, a, true, budget));
    ALL.put("select", (v, a, budget) -> select(v, a, false, true, budget));
    ALL.put("reject", (v, a, budget) -> select(v, a, false, false, budget));
    ALL.put("selectattr", (v, a, budget) -> select(v, a, true, true, budget));
    ALL.put("rejectattr", (v, a, budget) -> select(v, a, true, false, budget));
  }

  private Filters() {}

  /** Turns a value into another. */
  @FunctionalInterface
  public interface Filter {
    @Nullable Object apply(@Nullable Object value, Arguments arguments, Budget budget);
  }

  public static Filter named(String name) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw Stop.wrong("the filter '%s' is not supported", name);
    }
    return filter;
  }

  private static void text(String name, UnaryOperator<String> change) {
    ALL.put(
        name,
        (value, arguments, budget) -> {
          arguments.bind(name);
          String text = Texts.of(value, budget);
          budget.write(text.length());
          return change.apply(text);
        });
  }

  private static Object trim(@Nullable Object value, Arguments arguments, Budget budget) {
    Object characters = arguments.bind("trim", "chars").get(0);
    return Texts.strip(
        Texts.of(value, budget),
        characters == null || characters == None.NONE ? null : Values.text(characters, "trim"),
        true,
        true);
  }

  private static Object replace(@Nullable Object value, Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("replace", "old", "new", "count");
    Object count = given.get(2);
    return Texts.replace(
        Texts.of(value, budget),
        Texts.of(given.get(0), budget),
        Texts.of(given.get(1), budget),
        count == null || count == None.NONE ? -1 : Values.whole(count, "replace"),
        budget);
  }

  private static Object join(@Nullable Object value, Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("join", "d", "attribute");
    List<@Nullable Object> elements = Values.elements(value, budget);
    Object attribute = given.get(1);
    if (attribute != null) {
      elements.replaceAll(element -> Values.path(element, attribute));
    }
    return Texts.join(elements, Texts.of(given.get(0), budget), budget);
  }

  private static long length(@Nullable Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value == null) {
      return 0;
    }
    throw Stop.wrong("%s has no length", Values.kind(value));
  }

  private static @Nullable Object orElse(
      @Nullable Object value, Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("default", "default_value", "boolean");
    boolean falseToo = Values.isTrue(given.get(1));
    boolean missing = falseToo ? !Values.isTrue(value) : value == null;
    return missing ? given.get(0) == null ? "" : given.get(0) : value;
  }

  private static Object reverse(@Nullable Object value, Arguments arguments, Budget budget) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<@Nullable Object> elements = Values.elements(value, budget);
    Collections.reverse(elements);
    return elements;
  }

  private static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw Stop.wrong("items needs a dictionary, not %s", Values.kind(value));
  }

  /** Entries by their keys, letters without regard to case, as Jinja does by default. */
  private static Object dictsort(@Nullable Object value, Arguments arguments, Budget budget) {
    arguments.bind("dictsort");
    List<List<?>> pairs = Values.pairs(map(value == null ? Map.of() : value));
    budget.step(pairs.size());
    pairs.sort((a, b) -> Values.compare(Orders.folded(a.get(0)), Orders.folded(b.get(0))));
    return pairs;
  }

  private static Object whole(@Nullable Object value, Arguments arguments) {
    Object fallback = arguments.bind("int", "default").get(0);
    if (Values.number(value) instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof String text && text.strip().matches("[+-]?\\d{1,18}")) {
      return Long.parseLong(text.strip());
    }
    return fallback == null ? 0L : fallback;
  }

  private static Object map(@Nullable Object value, Arguments arguments, Budget budget) {
    if (!Values.isTrue(value)) {
      return List.of(); // as Jinja does, also with none
    }
    List<@Nullable Object> mapped = Values.elements(value, budget);
    Object attribute = arguments.named().get("attribute");
    if (attribute != null) {
      Object fallback = arguments.named().get("default");
      mapped.replaceAll(
          element -> {
            Object found = Values.path(element, attribute);
            return found == null ? fallback : found;
          });
      return mapped;
    }
    List<@Nullable Object> given = arguments.positional();
    if (given.isEmpty()) {
      throw Stop.wrong("map needs a filter or an attribute");
    }
    Filter filter = named(Values.text(given.get(0), "map"));
    Arguments rest = new Arguments(given.subList(1, given.size()), arguments.named());
    mapped.replaceAll(element -> filter.apply(element, rest, budget));
    return mapped;
  }

  private static Object select(
      @Nullable Object value,
      Arguments arguments,
      boolean byAttribute,
      boolean keep,
      Budget budget) {
    if (!Values.isTrue(value)) {
      return List.of(); // as Jinja does, also with none
    }
    List<@Nullable Object> given = new ArrayList<>(arguments.positional());
    Object attribute = byAttribute && !given.isEmpty() ? given.remove(0) : null;
    if (byAttribute && attribute == null) {
      throw Stop.wrong("selectattr needs an attribute");
    }
    Tests.Test test = given.isEmpty() ? null : Tests.named(Values.text(given.remove(0), "select"));
    Arguments rest = new Arguments(given, Map.of());
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object element : Values.elements(value, budget)) {
      Object looked = attribute == null ? element : Values.path(element, attribute);
      boolean holds = test == null ? Values.isTrue(looked) : test.holds(looked, rest, budget);
      if (holds == keep) {
        kept.add(element);
      }
    }
    return kept;
  }
}
