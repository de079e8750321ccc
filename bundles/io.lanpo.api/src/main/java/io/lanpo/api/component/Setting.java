package io.lanpo.api.component;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * One declared key of a configuration: its type, default, range, unit and meaning. A declaration is
 * also what its value is read with, {@link Settings#get}.
 *
 * <p>The configuration reference is generated from these declarations, and an unknown key or a
 * value out of range is refused by them, so code, documentation and error messages cannot drift
 * apart.
 *
 * @param <T> what a value is read as
 * @param key the key, lower case with dots and dashes, e.g. {@code planner.ratio}; with {@code .*}
 *     at its end it stands for any number of keys, see {@link #scalars}
 * @param valueType what a value is read as
 * @param defaultValue the value when the key is absent
 * @param choices the allowed words; empty unless the type is {@link Type#FLAG} or {@link
 *     Type#CHOICE}
 * @param min smallest allowed number, inclusive; unused for words and text
 * @param max largest allowed number, inclusive; unused for words and text
 * @param unit unit of the value, e.g. {@code prompts}, {@code tokens}; empty when it has none
 * @param description what the setting does, one sentence
 */
public record Setting<T>(
    String key,
    Class<T> valueType,
    String defaultValue,
    List<String> choices,
    double min,
    double max,
    String unit,
    String description) {

  /** How a value is written. */
  public enum Type {
    INTEGER,
    DECIMAL,
    FLAG,
    CHOICE,
    TEXT,
    SCALAR
  }

  private static final String ANY = "*";

  public Setting {
    choices = List.copyOf(choices);
  }

  /** A whole number within {@code [min, max]}. */
  public static Setting<Integer> integer(
      String key, int defaultValue, int min, int max, String unit, String description) {
    return new Setting<>(
        key, Integer.class, Integer.toString(defaultValue), List.of(), min, max, unit, description);
  }

  /** A whole number within {@code [min, max]} that may be too large for an {@code int}. */
  public static Setting<Long> wide(
      String key, long defaultValue, long min, long max, String unit, String description) {
    return new Setting<>(
        key, Long.class, Long.toString(defaultValue), List.of(), min, max, unit, description);
  }

  /** A finite decimal number within {@code [min, max]}. */
  public static Setting<Double> decimal(
      String key, double defaultValue, double min, double max, String unit, String description) {
    return new Setting<>(
        key, Double.class, Double.toString(defaultValue), List.of(), min, max, unit, description);
  }

  /** {@code true} or {@code false}. */
  public static Setting<Boolean> flag(String key, boolean defaultValue, String description) {
    return new Setting<>(
        key,
        Boolean.class,
        Boolean.toString(defaultValue),
        List.of("true", "false"),
        0,
        0,
        "",
        description);
  }

  /** One of a few words; the first is the default. */
  public static Setting<String> choice(String key, List<String> choices, String description) {
    return new Setting<>(key, String.class, choices.get(0), choices, 0, 0, "", description);
  }

  /**
   * One of the constants of an enum, written in lower case with dashes; the first is the default.
   */
  public static <E extends Enum<E>> Setting<E> choice(
      String key, Class<E> type, String description) {
    List<String> words = List.of(type.getEnumConstants()).stream().map(Setting::word).toList();
    return new Setting<>(key, type, words.get(0), words, 0, 0, "", description);
  }

  /** Free text: a name, a path, a list of words. */
  public static Setting<String> text(String key, String defaultValue, String description) {
    return new Setting<>(key, String.class, defaultValue, List.of(), 0, 0, "", description);
  }

  /**
   * Settings whose names others choose: {@code chat.*} stands for {@code chat.NAME} with any name
   * of letters, digits and underscores. Each value is read as JSON reads {@code true}, {@code
   * false}, numbers and texts: as a {@code Boolean}, {@code Long}, {@code Double} or {@code
   * String}; a text needs quotes only where it would be read as something else. {@link
   * Settings#members} has those that are given; there is no default.
   *
   * @param key ends with {@code .*}
   */
  public static Setting<Object> scalars(String key, String description) {
    if (!key.endsWith("." + ANY)) {
      throw new IllegalArgumentException("a key of many names ends with .*, unlike " + key);
    }
    return new Setting<>(key, Object.class, "", List.of(), 0, 0, "", description);
  }

  /** Whether this stands for any number of keys. */
  public boolean open() {
    return key.endsWith("." + ANY);
  }

  /** Whether a key is this one, or one that this stands for. */
  public boolean covers(String other) {
    return open()
        ? other.startsWith(front()) && other.substring(front().length()).matches("[A-Za-z_]\\w*")
        : other.equals(key);
  }

  /** The key without its {@link #open} end: what all keys that it stands for begin with. */
  public String front() {
    return open() ? key.substring(0, key.length() - ANY.length()) : key;
  }

  /** This declaration for one of the keys that it {@linkplain #covers covers}. */
  public Setting<T> of(String covered) {
    return new Setting<>(covered, valueType, defaultValue, choices, min, max, unit, description);
  }

  /** The same setting with another default. */
  public Setting<T> withDefault(T value) {
    String written = value instanceof Enum<?> constant ? word(constant) : String.valueOf(value);
    return new Setting<>(key, valueType, written, choices, min, max, unit, description);
  }

  /** The same setting under a prefix, e.g. {@code task.} + {@code operators}. */
  public Setting<T> prefixed(String prefix) {
    return new Setting<>(
        prefix + key, valueType, defaultValue, choices, min, max, unit, description);
  }

  /** How a value is written. */
  public Type type() {
    if (valueType == Integer.class || valueType == Long.class) {
      return Type.INTEGER;
    }
    if (valueType == Double.class) {
      return Type.DECIMAL;
    }
    if (valueType == Boolean.class) {
      return Type.FLAG;
    }
    if (valueType == Object.class) {
      return Type.SCALAR;
    }
    return choices.isEmpty() ? Type.TEXT : Type.CHOICE;
  }

  /**
   * Reads a value that has been {@linkplain #check checked}.
   *
   * @param value the value as written
   */
  public T read(String value) {
    Object read = value;
    if (valueType == Integer.class) {
      read = Integer.valueOf(value);
    } else if (valueType == Long.class) {
      read = Long.valueOf(value);
    } else if (valueType == Double.class) {
      read = Double.valueOf(value);
    } else if (valueType == Boolean.class) {
      read = Boolean.valueOf(value);
    } else if (valueType == Object.class) {
      read = Scalars.read(value).orElseThrow();
    } else if (valueType.isEnum()) {
      read = valueType.getEnumConstants()[choices.indexOf(value)];
    }
    return valueType.cast(read);
  }

  /** What would be right, in words: {@code a whole number from 1 to 28 (operators)}. */
  public String allowed() {
    String units = unit.isEmpty() ? "" : " (" + unit + ")";
    return switch (type()) {
      case INTEGER -> "a whole number " + range(true) + units;
      case DECIMAL -> "a number " + range(false) + units;
      case FLAG, CHOICE -> String.join(", ", choices);
      case TEXT -> "text" + units;
      case SCALAR -> "true, false, a number, or text";
    };
  }

  /**
   * Checks a value against type and range.
   *
   * @param value the value as written
   * @param origin where it was written, e.g. a file name; for the message
   * @throws UserException naming origin, key, value and what is allowed
   */
  public void check(String value, String origin) {
    boolean good =
        switch (type()) {
          case INTEGER -> value.matches("[+-]?\\d{1,40}") && within(new BigInteger(value));
          case DECIMAL -> isNumber(value) && within(Double.parseDouble(value));
          case FLAG, CHOICE -> choices.contains(value);
          case TEXT -> true;
          case SCALAR -> Scalars.read(value).isPresent();
        };
    if (!good) {
      throw new UserException(
          "%s: %s = %s is not allowed; it must be %s"
              .formatted(
                  origin,
                  key,
                  value.isEmpty() ? "(empty)" : Secrets.shown(key, value),
                  allowed(value)),
          defaultValue.isEmpty()
              ? "Correct the value."
              : "Correct the value or remove the key to get the default, " + defaultValue + ".");
    }
  }

  /** What would be right in the place of a value: for one that is too large with the largest. */
  private String allowed(String instead) {
    boolean large = type() == Type.INTEGER && instead.matches("[+]?\\d{10,}");
    return large
        ? "a whole number from %d to %d".formatted((long) min, (long) max)
            + (unit.isEmpty() ? "" : " (" + unit + ")")
        : allowed();
  }

  private boolean within(BigInteger number) {
    // as whole numbers: a double cannot tell the largest long from the one after it
    return number.compareTo(BigInteger.valueOf((long) min)) >= 0
        && number.compareTo(BigInteger.valueOf((long) max)) <= 0;
  }

  /** The word for an enum constant: {@code TOKEN_MEAN} is written {@code token-mean}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private boolean within(double number) {
    return number >= min && number <= max;
  }

  private static boolean isNumber(String value) {
    return value.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
  }

  private String range(boolean whole) {
    String low = whole ? Long.toString((long) min) : trimmed(min);
    String high = whole ? Long.toString((long) max) : trimmed(max);
    boolean open = whole ? max >= Integer.MAX_VALUE : max >= Double.MAX_VALUE;
    return open ? "of at least " + low : "from " + low + " to " + high;
  }

  private static String trimmed(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
