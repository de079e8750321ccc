package io.lanpo.api.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Values for a list of declared {@link Setting}s, checked once and then read by type. Immutable.
 */
public final class Settings {
  private final Map<String, Setting> known;
  private final Map<String, String> values;

  private Settings(Map<String, Setting> known, Map<String, String> values) {
    this.known = known;
    this.values = values;
  }

  /**
   * Checks values against their declarations and fills in the defaults.
   *
   * @param origin where the values were written, e.g. a file name; for messages
   * @param known the declared settings
   * @param given key to value as written; white space around values is ignored
   * @throws UserException for an unknown key (with the nearest known ones) or a value that is not
   *     allowed
   */
  public static Settings of(String origin, List<Setting> known, Map<String, String> given) {
    Map<String, Setting> declared = new LinkedHashMap<>();
    known.forEach(s -> declared.put(s.key(), s));
    for (String key : given.keySet()) {
      if (!declared.containsKey(key)) {
        throw new UserException(
            "%s: unknown key %s = %s".formatted(origin, key, given.get(key)),
            Names.suggestion(key, declared.keySet()));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting setting : known) {
      String value = given.getOrDefault(setting.key(), setting.defaultValue()).strip();
      setting.check(value, origin);
      values.put(setting.key(), value);
    }
    return new Settings(Collections.unmodifiableMap(declared), Collections.unmodifiableMap(values));
  }

  /** The defaults of the declared settings. */
  public static Settings defaults(List<Setting> known) {
    return of("defaults", known, Map.of());
  }

  /** A whole number that fits an {@code int}. */
  public int integer(String key) {
    return Math.toIntExact(wide(key));
  }

  /** A whole number. */
  public long wide(String key) {
    return Long.parseLong(value(key, Setting.Type.INTEGER));
  }

  /** A decimal number. */
  public double decimal(String key) {
    return Double.parseDouble(value(key, Setting.Type.DECIMAL));
  }

  /** True or false. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(value(key, Setting.Type.FLAG));
  }

  /** Text or one of the allowed words. */
  public String text(String key) {
    return value(key, null);
  }

  /** One of the constants of an enum, see {@link Setting#choice(String, Class, String)}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return Enum.valueOf(
        type, value(key, Setting.Type.CHOICE).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Every value by its key, defaults included, in the order of declaration. */
  public Map<String, String> asMap() {
    return values;
  }

  /** The values whose keys begin with a prefix, by their keys without it. */
  public Map<String, String> under(String prefix) {
    Map<String, String> part = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && known.containsKey(key)) {
            part.put(key.substring(prefix.length()), value);
          }
        });
    return part;
  }

  private String value(String key, Setting.@org.jspecify.annotations.Nullable Type type) {
    Setting setting = known.get(key);
    String value = values.get(key);
    if (setting == null || value == null || (type != null && setting.type() != type)) {
      throw new IllegalArgumentException("setting " + key + " is not declared as " + type);
    }
    return value;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
