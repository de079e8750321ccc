package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Arithmetic;
import io.lanpo.libs.jinja.value.Budget;
import io.lanpo.libs.jinja.value.None;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tests behind {@code is}. */
public final class Tests {
  private static final Map<String, Test> ALL = new HashMap<>();

  static {
    plain("defined", v -> v != null);
    plain("undefined", v -> v == null);
    plain("none", v -> v == None.NONE);
    plain("string", v -> v instanceof String);
    plain("number", v -> Values.number(v) != null);
    plain("integer", v -> v instanceof Long);
    plain("float", v -> v instanceof Double);
    plain("boolean", v -> v instanceof Boolean);
    plain("true", v -> Boolean.TRUE.equals(v));
    plain("false", v -> Boolean.FALSE.equals(v));
    plain("mapping", Tests::isMapping);
    plain("sequence", v -> v instanceof String || v instanceof List<?> || isMapping(v));
    // An undefined value can be iterated over in Jinja.
    plain(
        "iterable", v -> v == null || v instanceof String || v instanceof List<?> || isMapping(v));
    plain("callable", v -> v instanceof Functions.Named || v instanceof Macro);
    plain("odd", v -> Math.floorMod(Values.whole(v, "odd"), 2L) == 1);
    plain("even", v -> Math.floorMod(Values.whole(v, "even"), 2L) == 0);
    plain("lower", v -> Values.text(v, "lower").equals(lower(Values.text(v, "lower"))));
    plain("upper", v -> Values.text(v, "upper").equals(upper(Values.text(v, "upper"))));
    binary("divisibleby", (a, b, x) -> Arithmetic.apply('%', a, b).equals(0L));
    binary("sameas", (a, b, x) -> a == b || Values.areEqual(a, b, x));
    binary("in", (a, b, x) -> Values.contains(b, a, x));
    for (String name : List.of("equalto", "eq", "==")) {
      binary(name, Values::areEqual);
    }
    binary("ne", (a, b, x) -> !Values.areEqual(a, b, x));
    binary("gt", (a, b, x) -> Values.compare(a, b) > 0);
    binary("ge", (a, b, x) -> Values.compare(a, b) >= 0);
    binary("lt", (a, b, x) -> Values.compare(a, b) < 0);
    binary("le", (a, b, x) -> Values.compare(a, b) <= 0);
  }

  private Tests() {}

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static boolean isMapping(@Nullable Object value) {
    return value instanceof Map<?, ?>;
  }

  private static void plain(String name, Predicate<@Nullable Object> holds) {
    ALL.put(name, new Test(name, false, (a, b, budget) -> holds.test(a)));
  }

  private static void binary(String name, Relation holds) {
    ALL.put(name, new Test(name, true, holds));
  }

  public static Test named(String name) {
    Test test = ALL.get(name);
    if (test == null) {
      throw Stop.wrong("the test 'is %s' is not supported", name);
    }
    return test;
  }

  /** Whether a value is something, perhaps compared with an argument. */
  @FunctionalInterface
  interface Relation {
    public boolean holds(@Nullable Object value, @Nullable Object argument, Budget budget);
  }

  /** A test and whether something follows its name. */
  public record Test(String name, boolean takesArgument, Relation relation) {
    public boolean holds(@Nullable Object value, Arguments arguments, Budget budget) {
      Object argument = takesArgument ? arguments.bind(name, "other").get(0) : null;
      return relation.holds(value, argument, budget);
    }
  }
}
