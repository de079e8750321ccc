package io.lanpo.libs.jinja.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code str.format}, and the older way with percent signs. */
public final class Formats {
  /** Nobody pads to more; a width is room that is taken. */
  private static final int WIDEST = 10_000;

  private static final Pattern FIELD =
      Pattern.compile(
          "(?<name>[\\p{L}_][\\p{L}\\p{N}_]*|\\d{1,4})?"
              + "(?<path>(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*|\\[[^\\[\\]]+])*)"
              + "(?:!(?<conversion>[sr]))?(?::(?<form>[^{}]*))?",
          Pattern.DOTALL);
  private static final Pattern STEP = Pattern.compile("\\.(?<name>[^.\\[]+)|\\[(?<key>[^]]+)]");
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>^]))?(?<zero>0)?(?<width>\\d{1,9})?(?<comma>,)?"
              + "(?:\\.(?<precision>\\d{1,3}))?(?<type>[sdf])?",
          Pattern.DOTALL);
  private static final Pattern PERCENT =
      Pattern.compile(
          "%(?:\\((?<name>[^)]*)\\))?(?<left>-)?(?<zero>0)?(?<width>\\d{1,9})?"
              + "(?:\\.(?<precision>\\d{1,3}))?(?<type>[srdif%])");

  private Formats() {}

  /** How a value is laid out: a blank for a type and -1 for a precision that are not said. */
  private record Form(
      char fill, char align, int width, boolean grouped, int precision, char type) {}

  /** {@code text.format(…)}. */
  public static String braces(String text, Arguments arguments, Budget budget) {
    StringBuilder out = new StringBuilder();
    int next = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
        out.append(c);
        at += 2;
        continue;
      }
      if (c == '}') {
        throw Stop.wrong("format() meets a single '}'");
      }
      if (c != '{') {
        out.append(c);
        at++;
        continue;
      }
      int end = text.indexOf('}', at);
      Matcher field = FIELD.matcher(end < 0 ? "" : text.substring(at + 1, end));
      if (end < 0 || !field.matches()) {
        throw Stop.wrong("format() does not support the field %s", text.substring(at));
      }
      String name = field.group("name");
      boolean numbered = name != null && Character.isDigit(name.charAt(0));
      if (name == null ? next < 0 : numbered && next > 0) {
        throw Stop.wrong("format() has fields with and without numbers");
      }
      Object value;
      if (name == null) {
        value = positional(next++, arguments);
      } else if (numbered) {
        value = positional(Integer.parseInt(name), arguments);
        next = -1;
      } else {
        value = named(name, arguments);
      }
      out.append(laidOut(reached(value, field.group("path")), field, budget));
      at = end + 1;
    }
    budget.write(out.length());
    return out.toString();
  }

  private static @Nullable Object positional(int index, Arguments arguments) {
    if (index < arguments.positional().size()) {
      return arguments.positional().get(index);
    }
    throw Stop.wrong("format() is not given %s", index);
  }

  private static @Nullable Object named(String name, Arguments arguments) {
    if (arguments.named().containsKey(name)) {
      return arguments.named().get(name);
    }
    throw Stop.wrong("format() is not given %s", name);
  }

  private static @Nullable Object reached(@Nullable Object start, String path) {
    Object value = start;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      String key = step.group("key");
      if (key == null) {
        value = Values.attribute(value, step.group("name"));
      } else {
        value = Values.element(value, key.matches("\\d{1,9}") ? (Object) Long.valueOf(key) : key);
      }
    }
    return value;
  }

  private static String laidOut(@Nullable Object value, Matcher field, Budget budget) {
    String conversion = field.group("conversion");
    Object shown =
        conversion == null
            ? value
            : conversion.equals("r") ? Texts.repr(value, budget) : Texts.of(value, budget);
    String written = field.group("form");
    if (written == null || written.isEmpty()) {
      return Texts.of(shown, budget);
    }
    Matcher form = FORM.matcher(written);
    boolean plain = shown instanceof String || shown instanceof Long || shown instanceof Double;
    if (!form.matches() || !plain) {
      throw Stop.wrong("format() does not support ':%s' of %s", written, Values.kind(shown));
    }
    boolean zero = form.group("zero") != null;
    String align = form.group("align");
    String fill = form.group("fill");
    return padded(
        shown,
        new Form(
            fill != null ? fill.charAt(0) : zero ? '0' : ' ',
            align != null ? align.charAt(0) : shown instanceof String ? '<' : zero ? '=' : '>',
            number(form.group("width"), 0),
            form.group("comma") != null,
            number(form.group("precision"), -1),
            form.group("type") == null ? ' ' : form.group("type").charAt(0)),
        budget);
  }

  /** {@code text % …}, as the filter {@code format} has it. */
  public static String percent(String text, Arguments arguments, Budget budget) {
    if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
      throw Stop.wrong("format takes values by position or by name, not both");
    }
    StringBuilder out = new StringBuilder();
    int next = 0;
    int at = 0;
    Matcher field = PERCENT.matcher(text);
    for (int sign = text.indexOf('%'); sign >= 0; sign = text.indexOf('%', at)) {
      if (!field.find(sign) || field.start() != sign) {
        throw Stop.wrong("format does not support %s", text.substring(sign));
      }
      out.append(text, at, sign);
      at = field.end();
      char type = field.group("type").charAt(0);
      if (type == '%') {
        out.append('%');
        continue;
      }
      String name = field.group("name");
      Object value = name == null ? positional(next++, arguments) : named(name, arguments);
      if (type == 's' || type == 'r') {
        value = type == 'r' ? Texts.repr(value, budget) : Texts.of(value, budget);
      }
      boolean left = field.group("left") != null;
      boolean zero = field.group("zero") != null && !left && !(value instanceof String);
      Form form =
          new Form(
              zero ? '0' : ' ',
              left ? '<' : zero ? '=' : '>',
              number(field.group("width"), 0),
              false,
              number(field.group("precision"), -1),
              type == 'r' ? 's' : type == 'i' ? 'd' : type);
      out.append(padded(value, form, budget));
    }
    if (arguments.named().isEmpty() && next < arguments.positional().size()) {
      throw Stop.wrong("format is given more values than it has places");
    }
    out.append(text.substring(at));
    budget.write(out.length());
    return out.toString();
  }

  private static int number(@Nullable String digits, int otherwise) {
    int number = digits == null ? otherwise : Integer.parseInt(digits);
    if (number > WIDEST) {
      throw Stop.here(Stop.Kind.ENDLESS, "it pads a text to %,d characters".formatted(number));
    }
    return number;
  }

  private static String padded(@Nullable Object value, Form form, Budget budget) {
    String text = written(value, form, budget);
    int lacking = form.width() - text.codePointCount(0, text.length());
    if (lacking <= 0) {
      return text;
    }
    String fill = Character.toString(form.fill());
    return switch (form.align()) {
      case '<' -> text + fill.repeat(lacking);
      case '^' -> fill.repeat(lacking / 2) + text + fill.repeat(lacking - lacking / 2);
      case '=' -> {
        int sign = text.startsWith("-") ? 1 : 0;
        yield text.substring(0, sign) + fill.repeat(lacking) + text.substring(sign);
      }
      default -> fill.repeat(lacking) + text;
    };
  }

  private static String written(@Nullable Object value, Form form, Budget budget) {
    if (value instanceof String text && (form.type() == 's' || form.type() == ' ')) {
      int most = form.precision();
      boolean cut = most >= 0 && most < text.codePointCount(0, text.length());
      return cut ? text.substring(0, text.offsetByCodePoints(0, most)) : text;
    }
    Object number = Values.number(value);
    boolean whole = form.type() == 'd' || form.type() == ' ' && number instanceof Long;
    if (form.type() != 's' && whole && number instanceof Long exact && form.precision() < 0) {
      return form.grouped() ? grouped(exact.toString()) : exact.toString();
    }
    if (form.type() == 'f' && number instanceof Number n && Double.isFinite(n.doubleValue())) {
      BigDecimal exact =
          number instanceof Long l ? BigDecimal.valueOf(l) : new BigDecimal(n.doubleValue());
      int places = form.precision() < 0 ? 6 : form.precision();
      BigDecimal rounded = exact.setScale(places, RoundingMode.HALF_EVEN);
      String sign = rounded.signum() == 0 && n.doubleValue() < 0 ? "-" : "";
      String digits = rounded.toPlainString();
      return sign + (form.grouped() ? grouped(digits) : digits);
    }
    if (form.type() == ' ' && form.precision() < 0 && !form.grouped()) {
      return Texts.of(value, budget);
    }
    throw Stop.wrong("%s cannot be laid out as '%s'", Values.kind(value), form.type());
  }

  private static String grouped(String digits) {
    int dot = digits.indexOf('.');
    String front = dot < 0 ? digits : digits.substring(0, dot);
    return front.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",") + digits.substring(front.length());
  }
}
