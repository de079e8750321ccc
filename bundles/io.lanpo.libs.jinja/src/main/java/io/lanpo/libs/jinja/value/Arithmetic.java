package io.lanpo.libs.jinja.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adding and calculating as Python does. */
public final class Arithmetic {
  private Arithmetic() {}

  /** Numbers, two texts or two lists; anything else is an error, as in Python. */
  public static Object add(@Nullable Object a, @Nullable Object b, Budget budget) {
    if (a instanceof String x && b instanceof String y) {
      return join(x, y, budget);
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      budget.step(x.size() + (long) y.size());
      List<@Nullable Object> sum = new ArrayList<>(x);
      sum.addAll(y);
      return sum;
    }
    return apply('+', a, b);
  }

  public static String join(String a, String b, Budget budget) {
    budget.write(a.length() + (long) b.length());
    return a + b;
  }

  /**
   * Calculates.
   *
   * @param sign one of + - * / % and f, the division that rounds down
   */
  public static Object apply(char sign, @Nullable Object a, @Nullable Object b) {
    if (!(Values.number(a) instanceof Number x) || !(Values.number(b) instanceof Number y)) {
      String name = sign == 'f' ? "//" : String.valueOf(sign);
      throw Stop.wrong(
          "%s and %s do not go together with '%s'", Values.kind(a), Values.kind(b), name);
    }
    try {
      if (x instanceof Long && y instanceof Long && sign != '/') {
        return whole(sign, x.longValue(), y.longValue());
      }
      return real(sign, x.doubleValue(), y.doubleValue());
    } catch (ArithmeticException e) {
      throw Stop.wrong("cannot calculate %s %s %s: %s", x, sign, y, String.valueOf(e.getMessage()));
    }
  }

  private static long whole(char sign, long x, long y) {
    return switch (sign) {
      case '+' -> Math.addExact(x, y);
      case '-' -> Math.subtractExact(x, y);
      case '*' -> Math.multiplyExact(x, y);
      case '%' -> Math.floorMod(x, y);
      default -> Math.floorDiv(x, y);
    };
  }

  private static double real(char sign, double x, double y) {
    if (y == 0 && "/%f".indexOf(sign) >= 0) {
      throw new ArithmeticException("division by zero");
    }
    return switch (sign) {
      case '+' -> x + y;
      case '-' -> x - y;
      case '*' -> x * y;
      case '/' -> x / y;
      case '%' -> x - Math.floor(x / y) * y;
      default -> Math.floor(x / y);
    };
  }
}
