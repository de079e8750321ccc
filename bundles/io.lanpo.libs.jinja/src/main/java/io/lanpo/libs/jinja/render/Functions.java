package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Budget;
import io.lanpo.libs.jinja.value.Namespace;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Texts;
import io.lanpo.libs.jinja.value.Today;
import io.lanpo.libs.jinja.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a template can call by name: the functions that transformers gives it, and its macros. */
public final class Functions {
  private static final Set<String> NAMES =
      Set.of("range", "namespace", "dict", "raise_exception", "strftime_now");

  private Functions() {}

  /** A function that is looked at and not called, as in {@code strftime_now is defined}. */
  record Named(String name) {
    @Override
    public String toString() {
      return "<function %s>".formatted(name);
    }
  }

  /** Whether every template has a function of this name. */
  public static boolean isKnown(String name) {
    return NAMES.contains(name);
  }

  public static @Nullable Object named(String name) {
    return isKnown(name) ? new Named(name) : null;
  }

  public static @Nullable Object call(String name, Arguments arguments, Rendering rendering) {
    if (rendering.variable(name) instanceof Macro macro) {
      return macro.call(arguments, rendering);
    }
    return switch (name) {
      case "range" -> range(arguments, rendering.budget());
      case "namespace" -> new Namespace(entries(arguments));
      case "dict" -> entries(arguments);
      case "raise_exception" ->
          throw Stop.here(
              Stop.Kind.RAISED,
              Texts.of(arguments.bind(name, "message").get(0), rendering.budget()));
      case "strftime_now" -> Today.format(arguments.text(name));
      default -> throw Stop.wrong("the function %s() is not supported", name);
    };
  }

  private static List<Long> range(Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("range", "start", "stop", "step");
    long first = Values.whole(given.get(0), "range");
    boolean single = given.get(1) == null;
    long start = single ? 0 : first;
    long stop = single ? first : Values.whole(given.get(1), "range");
    long step = given.get(2) == null ? 1 : Values.whole(given.get(2), "range");
    if (step == 0) {
      throw Stop.wrong("the step of a range cannot be 0");
    }
    List<Long> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
      budget.step(1);
      numbers.add(i);
    }
    return numbers;
  }

  private static Map<String, @Nullable Object> entries(Arguments arguments) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    for (Object given : arguments.positional()) {
      if (!(given instanceof Map<?, ?> map)) {
        throw Stop.wrong("a dictionary is not made of %s", Values.kind(given));
      }
      map.forEach((key, value) -> entries.put(String.valueOf(key), value));
    }
    entries.putAll(arguments.named());
    return entries;
  }
}
