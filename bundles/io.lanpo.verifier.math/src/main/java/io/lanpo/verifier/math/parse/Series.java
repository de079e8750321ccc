package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Sum;
import java.util.ArrayList;
import java.util.List;

/** Sums and products of many terms, written out: with dots, or with an index and its bounds. */
final class Series {
  private static final int MOST = 300;

  private Series() {}

  static boolean isDots(Token token) {
    return token.isCommand("cdots") || token.isCommand("ldots") || token.isCommand("dots");
  }

  /** {@code 1 + 2 + … + 10}: numbers with the same step, from the first to the last. */
  static Expr sum(List<Expr> begun, Expr last) {
    if (begun.size() < 2 || !(last instanceof Num end)) {
      throw new Refusal.Unreadable("dots between terms that are no numbers");
    }
    Rational first = number(begun.get(0));
    Rational step = number(begun.get(1)).plus(first.negate());
    for (int i = 2; i < begun.size(); i++) {
      if (!number(begun.get(i)).plus(number(begun.get(i - 1)).negate()).equals(step)) {
        throw new Refusal.Unreadable("dots between numbers without a common step");
      }
    }
    Rational length = end.value().plus(first.negate());
    if (step.signum() == 0
        || !length.times(step.inverse()).isWhole()
        || length.signum() != step.signum()) {
      throw new Refusal.Unreadable("dots to a number that the steps do not reach");
    }
    Rational count = length.times(step.inverse()).plus(Rational.ONE);
    Rational mean = first.plus(end.value()).times(Rational.of(2).inverse());
    return new Num(count.times(mean), -1);
  }

  private static Rational number(Expr term) {
    if (term instanceof Num number) {
      return number.value();
    }
    throw new Refusal.Unreadable("dots between terms that are no numbers");
  }

  /**
   * A term for each whole value of its index.
   *
   * @param sum whether they are added, and not multiplied
   */
  static Expr of(boolean sum, String index, Expr low, Expr high, Expr term) {
    if (!(low instanceof Num first && high instanceof Num last)
        || !first.value().isSmall()
        || !last.value().isSmall()
        || (long) last.value().small() - first.value().small() >= MOST) {
      throw new Refusal.Unreadable("a sum or product whose terms cannot be written out");
    }
    List<Expr> terms = new ArrayList<>();
    for (int i = first.value().small(); i <= last.value().small(); i++) {
      terms.add(term.replace(index, Num.of(i)));
    }
    if (terms.isEmpty()) {
      return Num.of(sum ? 0 : 1);
    }
    return sum ? new Sum(List.copyOf(terms)) : new Product(List.copyOf(terms));
  }
}
