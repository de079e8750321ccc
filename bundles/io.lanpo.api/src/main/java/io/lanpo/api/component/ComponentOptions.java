package io.lanpo.api.component;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a component as it was written, so that a component can refuse what is not
 * allowed with a message that names file, key and value. Declarative services alone ignore a
 * mistyped key.
 */
public final class ComponentOptions {
  /** Properties that the framework adds to those of the file. */
  private static final Pattern FRAMEWORK =
      Pattern.compile("(service|component|osgi|felix)\\..*|objectClass|\\..*");

  private final String origin;
  private final Map<String, ?> properties;

  /**
   * @param properties the component's properties, as {@code @Activate} injects them
   */
  public ComponentOptions(Map<String, ?> properties) {
    this.properties = properties;
    Object file = properties.get("felix.fileinstall.filename");
    Object pid = file == null ? properties.get("service.pid") : file;
    this.origin = pid == null ? "configuration" : pid.toString().replaceFirst("^file:", "");
  }

  /** Where the options were written: the file, for messages. */
  public String origin() {
    return origin;
  }

  /**
   * Refuses every key that is not known.
   *
   * @param known the component's own keys; {@code lanpo.name} is always allowed
   * @throws UserException naming file and key, with the nearest known keys
   */
  public void allow(Collection<String> known) {
    Set<String> keys = new TreeSet<>(known);
    keys.add(Components.NAME);
    for (Map.Entry<String, ?> entry : properties.entrySet()) {
      String key = entry.getKey();
      if (!keys.contains(key) && !FRAMEWORK.matcher(key).matches()) {
        throw new UserException(
            "%s: unknown key %s = %s".formatted(origin, key, shown(key, entry.getValue())),
            Names.suggestion(key, keys));
      }
    }
  }

  /**
   * Refuses what a component does not declare: unknown keys, values that are not allowed, required
   * keys that are missing.
   *
   * @throws UserException naming file, key, value and what would be right
   */
  public void check(ComponentFile declared) {
    allow(declared.options().stream().map(Setting::key).toList());
    for (Setting<?> option : declared.options()) {
      Object value = properties.get(option.key());
      if (value != null) {
        option.check(value.toString(), origin);
      } else if (declared.required().contains(option.key())) {
        throw refuse(
            option.key(),
            "is missing; it must be " + option.allowed(),
            "Add a line %s = ….".formatted(option.key()),
            null);
      }
    }
  }

  /**
   * A checked value.
   *
   * @param key the key, for the message
   * @param value reads the value; it may fail on one that cannot be converted
   * @param good tells whether the value is allowed
   * @param allowed what would be right, in words
   * @throws UserException naming file, key, value and what would be right
   */
  public <T> T read(String key, Supplier<T> value, Predicate<T> good, String allowed) {
    RuntimeException failure = null;
    try {
      T read = value.get();
      if (good.test(read)) {
        return read;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    throw refuse(
        key,
        "= %s is not allowed; it must be %s".formatted(shown(key, properties.get(key)), allowed),
        "Correct the value or remove the key to get the default.",
        failure);
  }

  /**
   * What to throw when a value is not allowed.
   *
   * @param key the key
   * @param what what is wrong; follows file and key
   * @param nextStep what the user can do about it
   * @param cause the failure behind it, if there is one
   */
  public UserException refuse(String key, String what, String nextStep, @Nullable Throwable cause) {
    return new UserException("%s: %s %s".formatted(origin, key, what), nextStep, cause);
  }

  private static String shown(String key, @Nullable Object value) {
    return Secrets.shown(
        key, value instanceof Object[] many ? Arrays.toString(many) : String.valueOf(value));
  }
}
