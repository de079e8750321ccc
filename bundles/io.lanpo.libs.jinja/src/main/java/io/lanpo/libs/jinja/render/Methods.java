package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Budget;
import io.lanpo.libs.jinja.value.Formats;
import io.lanpo.libs.jinja.value.None;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Texts;
import io.lanpo.libs.jinja.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The methods of Python's texts, dictionaries and lists. Those that change their object are
 * missing: transformers renders in an immutable sandbox, where they are errors too.
 */
public final class Methods {
  private Methods() {}

  public static @Nullable Object call(
      @Nullable Object base, String name, Arguments arguments, Rendering rendering) {
    if (base instanceof String text) {
      return ofText(text, name, arguments, rendering.budget());
    }
    if (base instanceof Map<?, ?> map) {
      return ofDictionary(map, name, arguments);
    }
    if (base instanceof List<?> list) {
      return ofList(list, name, arguments, rendering.budget());
    }
    if (Values.attribute(base, name) instanceof Macro macro) {
      return macro.call(arguments, rendering);
    }
    throw unknown(base, name);
  }

  private static Stop unknown(@Nullable Object base, String name) {
    return Stop.wrong("the method %s() of %s is not supported", name, Values.kind(base));
  }

  private static Object ofText(String text, String name, Arguments arguments, Budget budget) {
    budget.write(text.length());
    return switch (name) {
      case "strip" -> Texts.strip(text, characters(arguments, name), true, true);
      case "lstrip" -> Texts.strip(text, characters(arguments, name), true, false);
      case "rstrip" -> Texts.strip(text, characters(arguments, name), false, true);
      case "upper" -> none(arguments, name, text.toUpperCase(Locale.ROOT));
      case "lower" -> none(arguments, name, text.toLowerCase(Locale.ROOT));
      case "title" -> none(arguments, name, Texts.title(text));
      case "capitalize" -> none(arguments, name, Texts.capitalize(text));
      case "startswith" -> affixes(arguments, name, budget).anyMatch(text::startsWith);
      case "endswith" -> affixes(arguments, name, budget).anyMatch(text::endsWith);
      case "split" -> split(text, arguments, budget);
      case "splitlines" -> none(arguments, name, text.lines().toList());
      case "replace" -> {
        List<@Nullable Object> given = arguments.bind(name, "old", "new", "count");
        Object count = given.get(2);
        yield Texts.replace(
            text,
            Values.text(given.get(0), name),
            Values.text(given.get(1), name),
            count == null ? -1 : Values.whole(count, name),
            budget);
      }
      case "find" -> {
        int at = text.indexOf(arguments.text(name));
        yield at < 0 ? -1L : (long) text.codePointCount(0, at);
      }
      case "count" -> (long) parts(text, arguments.text(name), -1, budget).size() - 1;
      case "format" -> Formats.braces(text, arguments, budget);
      case "join" ->
          Texts.join(
              Values.elements(arguments.bind(name, "iterable").get(0), budget), text, budget);
      default -> throw unknown(text, name);
    };
  }

  private static Object none(Arguments arguments, String name, Object result) {
    arguments.bind(name);
    return result;
  }

  private static @Nullable String characters(Arguments arguments, String name) {
    Object given = arguments.bind(name, "chars").get(0);
    return given == null || given == None.NONE ? null : Values.text(given, name);
  }

  private static Stream<String> affixes(Arguments arguments, String name, Budget budget) {
    Object given = arguments.bind(name, "affix").get(0);
    List<@Nullable Object> all =
        given instanceof List<?>
            ? Values.elements(given, budget)
            : List.of(Values.text(given, name));
    return all.stream().map(affix -> Values.text(affix, name));
  }

  private static List<@Nullable Object> split(String text, Arguments arguments, Budget budget) {
    List<@Nullable Object> given = arguments.bind("split", "sep", "maxsplit");
    Object count = given.get(1);
    long most = count == null ? -1 : Values.whole(count, "split");
    Object separator = given.get(0);
    if (separator != null && separator != None.NONE) {
      return parts(text, Values.text(separator, "split"), most, budget);
    }
    List<@Nullable Object> words = new ArrayList<>();
    String rest = Texts.strip(text, null, true, false);
    while (!rest.isEmpty()) {
      budget.step(1);
      int end = 0;
      while (end < rest.length() && !Texts.isSpace(rest.charAt(end))) {
        end++;
      }
      if (most >= 0 && words.size() == most) {
        words.add(rest);
        break;
      }
      words.add(rest.substring(0, end));
      budget.write(rest.length());
      rest = Texts.strip(rest.substring(end), null, true, false);
    }
    return words;
  }

  private static List<@Nullable Object> parts(
      String text, String separator, long most, Budget budget) {
    if (separator.isEmpty()) {
      throw Stop.wrong("an empty text separates nothing");
    }
    List<@Nullable Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      budget.step(1);
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static @Nullable Object ofDictionary(Map<?, ?> map, String name, Arguments arguments) {
    switch (name) {
      case "get":
        List<@Nullable Object> given = arguments.bind(name, "key", "default");
        Object fallback = given.get(1) == null ? None.NONE : given.get(1);
        return map.containsKey(given.get(0)) ? map.get(given.get(0)) : fallback;
      case "items":
        return none(arguments, name, Values.pairs(map));
      case "keys":
        return none(arguments, name, new ArrayList<Object>(map.keySet()));
      case "values":
        return none(arguments, name, new ArrayList<Object>(map.values()));
      default:
        throw unknown(map, name);
    }
  }

  private static Object ofList(List<?> list, String name, Arguments arguments, Budget budget) {
    if (!name.equals("count") && !name.equals("index")) {
      throw unknown(list, name);
    }
    Object wanted = arguments.bind(name, "value").get(0);
    long count = 0;
    for (int i = 0; i < list.size(); i++) {
      if (Values.areEqual(list.get(i), wanted, budget)) {
        if (name.equals("index")) {
          return (long) i;
        }
        count++;
      }
    }
    if (name.equals("index")) {
      throw Stop.wrong("index() finds nothing");
    }
    return count;
  }
}
