package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.number.Reals;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Degrees;
import io.lanpo.verifier.math.tree.Expr.InBase;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Percent;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.Sym;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Compares single values with what surrounds them: units, percent signs, bases, rounding. */
final class Quantities {
  private static final Rational HUNDRED = Rational.of(100);

  private final Conventions conventions;
  private final Scalars scalars;
  private final BiFunction<Expr, Expr, Decision> again;

  /**
   * @param again compares what is left when a unit or sign is taken off
   */
  Quantities(Conventions conventions, Scalars scalars, BiFunction<Expr, Expr, Decision> again) {
    this.conventions = conventions;
    this.scalars = scalars;
    this.again = again;
  }

  /** Compares; one of the two at least names its number system. */
  Decision inBase(Expr key, Expr answer) {
    if (key instanceof InBase a && answer instanceof InBase b) {
      return a.equals(b)
          ? Decision.equal("the same digits and base")
          : Decision.unequal("different digits or base");
    }
    InBase digits = (InBase) (key instanceof InBase ? key : answer);
    Expr other = key instanceof InBase ? answer : key;
    boolean same =
        (conventions.bases() || digits.base().equals("10"))
            && other instanceof Num number
            && number.value().toString().equals(digits.digits());
    return same
        ? Decision.equal("the same digits, the base not named")
        : Decision.unequal("different digits or base");
  }

  /** Compares two values, each with or without a unit. */
  Decision compare(Expr key, Expr answer) {
    Expr first = signInside(key);
    Expr second = signInside(answer);
    String left = unit(key);
    String right = unit(answer);
    if (first instanceof Percent || second instanceof Percent) {
      return left.isEmpty() && right.isEmpty()
          ? percent(first, second)
          : Decision.unequal("a percent sign and a unit");
    }
    Expr a = amount(key);
    Expr b = amount(answer);
    if (left.isEmpty() && right.isEmpty()) {
      return scalar(a, b);
    }
    if (!left.isEmpty() && !right.isEmpty()) {
      if (Units.same(left, right)) {
        return again.apply(a, b).by("the same unit");
      }
      Rational ratio = Units.ratio(right, left);
      if (ratio.signum() == 0) {
        return Decision.unequal("different units");
      }
      return scalar(a, new Expr.Product(List.of(b, new Num(ratio, -1)))).by("converted units");
    }
    Optional<Expr> bare = right.isEmpty() ? withoutSymbols(b, left) : Optional.empty();
    if (bare.isPresent()) {
      return again.apply(a, bare.get()).by("the same unit");
    }
    if (key instanceof Degrees || answer instanceof Degrees) {
      Decision radians = scalar(key, answer).by("degrees as an angle");
      if (radians.isEqual()) {
        return radians;
      }
    }
    if (Units.isSymbol(left) || Units.isSymbol(right)) {
      return Decision.unequal("a symbol on one side only");
    }
    return conventions.units()
        ? again.apply(a, b).by("one unit not named")
        : Decision.unequal("a unit on one side only");
  }

  /** The number of {@code 12 m^2} where the unit of the key is spelled with the same letter. */
  private static Optional<Expr> withoutSymbols(Expr answer, String unit) {
    if (!(answer instanceof Product product)
        || product.factors().size() != 2
        || !(product.factors().get(0) instanceof Num)) {
      return Optional.empty();
    }
    String spelled =
        product.factors().get(1) instanceof Sym symbol
            ? symbol.name()
            : product.factors().get(1) instanceof Power power
                    && power.base() instanceof Sym symbol
                    && power.exponent() instanceof Num exponent
                ? symbol.name() + "^" + exponent.value()
                : "";
    return !spelled.isEmpty() && Units.same(unit, spelled)
        ? Optional.of(product.factors().get(0))
        : Optional.empty();
  }

  /** {@code -(5%)} is {@code (-5)%}. */
  private static Expr signInside(Expr expr) {
    return expr instanceof Negative negative && negative.of() instanceof Percent percent
        ? new Percent(new Negative(percent.of()))
        : expr;
  }

  private static String unit(Expr expr) {
    if (expr instanceof Negative negative) {
      return unit(negative.of());
    }
    return expr instanceof Degrees
        ? "degree"
        : expr instanceof Quantity quantity ? quantity.unit() : "";
  }

  private static Expr amount(Expr expr) {
    if (expr instanceof Negative negative) {
      return new Negative(amount(negative.of()));
    }
    return expr instanceof Degrees degrees
        ? degrees.of()
        : expr instanceof Quantity quantity ? quantity.amount() : expr;
  }

  private Decision percent(Expr key, Expr answer) {
    Expr a = key instanceof Percent percent ? percent.of() : key;
    Expr b = answer instanceof Percent percent ? percent.of() : answer;
    if (key instanceof Percent && answer instanceof Percent) {
      return again.apply(a, b).by("both in percent");
    }
    boolean keyIs = key instanceof Percent;
    Expr hundredth = new Quotient(keyIs ? a : b, new Num(HUNDRED, -1));
    Decision share = keyIs ? again.apply(hundredth, answer) : again.apply(key, hundredth);
    return switch (conventions.percent()) {
      case LITERAL -> Decision.unequal("a percent sign on one side only");
      case IGNORED -> again.apply(a, b).by("the percent sign ignored");
      case HUNDREDTH -> share.by("percent as hundredths");
      case EITHER ->
          share.isEqual()
              ? share.by("percent as hundredths")
              : again.apply(a, b).by("the percent sign ignored");
    };
  }

  private Decision scalar(Expr key, Expr answer) {
    boolean infinite = isInfinite(key) || isInfinite(answer);
    if (infinite) {
      return key.equals(answer)
          ? Decision.equal("the same infinity")
          : Decision.unequal("infinity and something else");
    }
    Decision exact = scalars.compare(key, answer);
    if (exact.outcome() != Decision.Outcome.UNEQUAL || conventions.rounding() == 0) {
      return exact;
    }
    Optional<Decision> rounded = rounds(answer, key);
    return rounded.or(() -> rounds(key, answer)).orElse(exact);
  }

  private static boolean isInfinite(Expr expr) {
    return expr == Const.INFINITY
        || expr instanceof Negative negative && negative.of() == Const.INFINITY;
  }

  /** Whether a decimal with enough digits is what an exact value rounds to. */
  private Optional<Decision> rounds(Expr decimal, Expr exact) {
    Expr positive = decimal instanceof Negative negative ? negative.of() : decimal;
    boolean coarser =
        exact instanceof Num other && other.decimals() >= 0
            || exact instanceof Negative minus && minus.of() instanceof Num n && n.decimals() >= 0;
    if (!(positive instanceof Num number)
        || number.decimals() < 1
        || coarser
        || !exact.symbols().isEmpty()
        || number.value().above().toString().length() < 2) {
      return Optional.empty();
    }
    BigDecimal written =
        number.value().decimal(Reals.DIGITS).setScale(number.decimals(), RoundingMode.HALF_UP);
    if (written.precision() < conventions.rounding()) {
      return Optional.empty();
    }
    try {
      BigDecimal value = scalars.real(exact).setScale(number.decimals(), RoundingMode.HALF_UP);
      BigDecimal signed = decimal == positive ? written : written.negate();
      return value.compareTo(signed) == 0
          ? Optional.of(Decision.equal("the exact value rounds to the decimal"))
          : Optional.empty();
    } catch (Refusal e) {
      return Optional.empty();
    }
  }
}
