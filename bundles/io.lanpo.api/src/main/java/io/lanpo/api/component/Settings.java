package io.lanpo.api.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values for a list of declared {@link Setting}s, checked once and then read with their
 * declarations. Immutable.
 */
public final class Settings {
  private final Map<String, Setting<?>> known;
  private final Map<String, String> values;
  private final String prefix;

  private Settings(Map<String, Setting<?>> known, Map<String, String> values, String prefix) {
    this.known = known;
    this.values = values;
    this.prefix = prefix;
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
  public static Settings of(String origin, List<Setting<?>> known, Map<String, String> given) {
    Map<String, Setting<?>> declared = new LinkedHashMap<>();
    known.forEach(s -> declared.put(s.key(), s));
    for (String key : given.keySet()) {
      if (declaration(declared, key) == null) {
        throw new UserException(
            "%s: unknown key %s = %s"
                .formatted(origin, key, Secrets.shown(key, String.valueOf(given.get(key)))),
            Names.suggestion(key, declared.keySet()));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting<?> setting : known) {
      if (setting.open()) {
        new TreeMap<>(given)
            .forEach(
                (key, value) -> {
                  if (setting.covers(key)) {
                    setting.of(key).check(value.strip(), origin);
                    values.put(key, value.strip());
                  }
                });
        continue;
      }
      String value = given.getOrDefault(setting.key(), setting.defaultValue()).strip();
      setting.check(value, origin);
      values.put(setting.key(), value);
    }
    return new Settings(
        Collections.unmodifiableMap(declared), Collections.unmodifiableMap(values), "");
  }

  private static @Nullable Setting<?> declaration(Map<String, Setting<?>> declared, String key) {
    Setting<?> exact = declared.get(key);
    return exact != null && !exact.open()
        ? exact
        : declared.values().stream()
            .filter(setting -> setting.open() && setting.covers(key))
            .<Setting<?>>map(setting -> setting.of(key))
            .findFirst()
            .orElse(null);
  }

  /** The defaults of the declared settings. */
  public static Settings defaults(List<Setting<?>> known) {
    return of("defaults", known, Map.of());
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException when it was not declared
   */
  public <T> T get(Setting<T> setting) {
    String key = key(setting);
    Setting<?> declared = known.get(key);
    String value = values.get(key);
    if (declared == null || value == null || declared.valueType() != setting.valueType()) {
      throw new IllegalArgumentException(
          "setting %s is not declared as %s".formatted(key, setting.valueType().getSimpleName()));
    }
    return setting.read(value);
  }

  /** Whether a setting was declared; a component may be older than a setting of its kind. */
  public boolean declares(Setting<?> setting) {
    return known.containsKey(key(setting));
  }

  /**
   * The values of an {@linkplain Setting#open open} setting that are given, by the names that stand
   * for the {@code *} of its key, sorted.
   */
  public <T> Map<String, T> members(Setting<T> setting) {
    String front = prefix + setting.front();
    Map<String, T> members = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (setting.open() && key.startsWith(front)) {
            members.put(key.substring(front.length()), setting.read(value));
          }
        });
    return Collections.unmodifiableMap(members);
  }

  /**
   * The key under which a user writes a setting, for messages: {@code policy.device} of a setting
   * {@code device} when these are the settings {@linkplain #under under} {@code policy.}
   */
  public String key(Setting<?> setting) {
    return prefix + setting.key();
  }

  /** Every value by its key, defaults included, in the order of declaration. */
  public Map<String, String> asMap() {
    Map<String, String> part = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            part.put(key.substring(prefix.length()), value);
          }
        });
    return Collections.unmodifiableMap(part);
  }

  /**
   * The settings under a prefix, read with declarations that do not have it.
   *
   * @param part the prefix, e.g. {@code policy.}
   */
  public Settings under(String part) {
    return new Settings(known, values, prefix + part);
  }

  /**
   * The same with other values for some of them.
   *
   * @param others values by key, without the prefix that these settings are {@linkplain #under
   *     under}
   * @throws IllegalArgumentException for a key that is not declared
   * @throws UserException for a value that is not allowed
   */
  public Settings with(Map<String, String> others) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    others.forEach(
        (key, value) -> {
          Setting<?> declared = declaration(known, prefix + key);
          if (declared == null) {
            throw new IllegalArgumentException(
                "setting %s is not declared".formatted(prefix + key));
          }
          declared.check(value, "run");
          changed.put(prefix + key, value);
        });
    return new Settings(known, Collections.unmodifiableMap(changed), prefix);
  }

  @Override
  public String toString() {
    return Secrets.shown(asMap()).toString();
  }
}
