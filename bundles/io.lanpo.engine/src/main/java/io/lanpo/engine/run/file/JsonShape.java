package io.lanpo.engine.run.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a JSON document with the record that it is to become. Gson alone would put 0 and null
 * where a key is absent and throw what it likes where a value is of another type.
 *
 * @param optional keys of the document that may be absent
 */
record JsonShape(Set<String> optional) {

  /**
   * Checks a document.
   *
   * @param type a record, or what may stand in one
   * @throws IllegalArgumentException naming the key, its value, and what would be right
   */
  void check(JsonElement document, Type type) {
    check("", document, type);
  }

  private void check(String key, @Nullable JsonElement value, Type type) {
    Class<?> raw = (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    if (raw == int.class || raw == long.class || raw == Long.class || raw == Integer.class) {
      checkCount(key, value, raw == int.class || raw == Integer.class);
    } else if (raw == double.class || raw == Double.class || raw == float.class) {
      require(number(value) != null, key, value, "a number");
    } else if (raw == boolean.class) {
      require(value instanceof JsonPrimitive p && p.isBoolean(), key, value, "true or false");
    } else if (raw == String.class) {
      require(value instanceof JsonPrimitive p && p.isString(), key, value, "a text");
    } else if (raw.isEnum()) {
      List<String> words =
          Arrays.stream(raw.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
      boolean one = value instanceof JsonPrimitive p && words.contains(p.getAsString());
      require(one, key, value, "one of " + String.join(", ", words));
    } else if (raw == Map.class) {
      members(key, value).forEach((k, v) -> check(inner(key, k), v, argument(type, 1)));
    } else if (raw == List.class || raw.isArray()) {
      Type of = raw.isArray() ? raw.getComponentType() : argument(type, 0);
      require(value != null && value.isJsonArray(), key, value, "a list");
      if (value != null) {
        int at = 0;
        for (JsonElement element : value.getAsJsonArray()) {
          check("%s[%d]".formatted(key, at++), element, of);
        }
      }
    } else if (raw.isRecord()) {
      Map<String, JsonElement> members = members(key, value);
      for (RecordComponent component : raw.getRecordComponents()) {
        String name = inner(key, component.getName());
        JsonElement member = members.get(component.getName());
        if (member != null || !optional.contains(name)) {
          check(name, member, component.getGenericType());
        }
      }
    }
  }

  private static void checkCount(String key, @Nullable JsonElement value, boolean small) {
    BigDecimal number = number(value);
    long most = small ? Integer.MAX_VALUE : Long.MAX_VALUE;
    boolean right =
        number != null
            && number.signum() >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0
            && number.stripTrailingZeros().scale() <= 0;
    require(right, key, value, "a whole number, 0 or more");
  }

  private static @Nullable BigDecimal number(@Nullable JsonElement value) {
    if (value instanceof JsonPrimitive p && p.isNumber()) {
      try {
        BigDecimal number = new BigDecimal(p.getAsString());
        return Double.isFinite(number.doubleValue()) ? number : null;
      } catch (NumberFormatException e) { // such as NaN
        return null;
      }
    }
    return null;
  }

  private static Map<String, JsonElement> members(String key, @Nullable JsonElement value) {
    require(value instanceof JsonObject, key, value, "an object");
    return value instanceof JsonObject object ? object.asMap() : Map.of();
  }

  private static Type argument(Type type, int index) {
    return type instanceof ParameterizedType p ? p.getActualTypeArguments()[index] : Object.class;
  }

  private static String inner(String key, String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  private static void require(
      boolean right, String key, @Nullable JsonElement value, String wanted) {
    if (!right) {
      throw new IllegalArgumentException(
          value == null
              ? "it lacks %s, %s".formatted(key, wanted)
              : key.isEmpty()
                  ? "it is not %s".formatted(wanted)
                  : "%s = %s is not %s".formatted(key, shown(value), wanted));
    }
  }

  private static String shown(JsonElement value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
