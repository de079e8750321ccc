package io.lanpo.libs.jinja.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter {@code tojson} of transformers: Python's {@code json.dumps}, no HTML escaping. */
public final class Json {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;
  private final @Nullable String indent;
  private final String between;
  private final String behindKey;
  private final boolean ascii;
  private final boolean sorted;

  private Json(List<@Nullable Object> options, Budget budget) {
    this.budget = budget;
    ascii = Values.isTrue(options.get(0));
    Object spaces = options.get(1);
    indent =
        spaces == null || spaces == None.NONE
            ? null
            : spaces instanceof String word
                ? word
                : " ".repeat((int) Math.min(64, Math.max(0, Values.whole(spaces, "tojson"))));
    if (options.get(2) instanceof List<?> separators && separators.size() == 2) {
      between = Values.text(separators.get(0), "tojson");
      behindKey = Values.text(separators.get(1), "tojson");
    } else {
      between = indent == null ? ", " : ",";
      behindKey = ": ";
    }
    sorted = Values.isTrue(options.get(3));
  }

  public static Object write(@Nullable Object value, Arguments arguments, Budget budget) {
    Json json =
        new Json(
            arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys"), budget);
    json.write(value, 1);
    return json.text.toString();
  }

  private void write(@Nullable Object value, int depth) {
    budget.step(1);
    if (value == null) {
      throw Stop.wrong("something undefined has no JSON");
    } else if (value == None.NONE) {
      text.append("null");
    } else if (value instanceof String word) {
      quote(word);
    } else if (value instanceof List<?> list) {
      text.append('[');
      for (int i = 0; i < list.size(); i++) {
        separate(i == 0, depth);
        write(list.get(i), depth + 1);
      }
      end(list.isEmpty(), depth, ']');
    } else if (value instanceof Map<?, ?> map) {
      text.append('{');
      boolean first = true;
      for (Object key : keys(map)) {
        separate(first, depth);
        first = false;
        quote(Texts.of(key, budget));
        text.append(behindKey);
        write(map.get(key), depth + 1);
      }
      end(map.isEmpty(), depth, '}');
    } else {
      text.append(value instanceof Double number ? Texts.real(number) : value);
    }
  }

  private List<?> keys(Map<?, ?> map) {
    List<@Nullable Object> keys = new ArrayList<>(map.keySet());
    if (sorted) {
      keys.sort(Values::compare);
    }
    return keys;
  }

  private void separate(boolean first, int depth) {
    text.append(first ? "" : between);
    if (indent != null) {
      text.append('\n').append(indent.repeat(depth));
      budget.write((long) indent.length() * depth);
    }
  }

  private void end(boolean empty, int depth, char bracket) {
    if (indent != null && !empty) {
      text.append('\n').append(indent.repeat(depth - 1));
    }
    text.append(bracket);
  }

  private void quote(String word) {
    budget.write(word.length());
    text.append('"');
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < 0x20 || ascii && c > 0x7e) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
