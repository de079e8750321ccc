package io.lanpo.verifier.math.tree;

import io.lanpo.verifier.math.number.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What an answer says, as a tree. Every node has bounded depth below it. */
public sealed interface Expr {

  /**
   * A number as written.
   *
   * @param value its value
   * @param decimals digits behind the point; -1 when it was not written as a decimal
   */
  record Num(Rational value, int decimals) implements Expr {
    public static Num of(long value) {
      return new Num(Rational.of(value), -1);
    }
  }

  /** A free symbol, with its index: {@code x}, {@code theta}, {@code a_1}. */
  record Sym(String name) implements Expr {}

  /** A constant. */
  enum Const implements Expr {
    PI,
    E,
    I,
    INFINITY
  }

  /** A sum. */
  record Sum(List<Expr> terms) implements Expr {}

  /** A product. */
  record Product(List<Expr> factors) implements Expr {
    /** A product, or the one on the left with one more factor. */
    public static Product of(Expr left, Expr right) {
      List<Expr> factors = new ArrayList<>();
      if (left instanceof Product product) {
        factors.addAll(product.factors());
      } else {
        factors.add(left);
      }
      factors.add(right);
      return new Product(List.copyOf(factors));
    }
  }

  /** A quotient. */
  record Quotient(Expr above, Expr below) implements Expr {}

  /** A power. */
  record Power(Expr base, Expr exponent) implements Expr {}

  /** The negative of something. */
  record Negative(Expr of) implements Expr {}

  /**
   * Plus or minus something.
   *
   * @param minusFirst for the sign that is minus where the other is plus
   */
  record PlusMinus(Expr of, boolean minusFirst) implements Expr {}

  /** A function of its arguments, {@code sqrt}, {@code root} (degree, of what), {@code sin}, … */
  record Call(String function, List<Expr> arguments) implements Expr {}

  /** An angle in degrees. */
  record Degrees(Expr of) implements Expr {}

  /** A share of a hundred. */
  record Percent(Expr of) implements Expr {}

  /** An amount with a unit in words. */
  record Quantity(Expr amount, String unit) implements Expr {}

  /** A remainder of a division by a modulus: {@code 12 (mod 17)}. */
  record Residue(Expr of, Expr modulus) implements Expr {}

  /** A tuple or, with two items, perhaps an interval; the brackets are as written. */
  record Group(char open, char close, List<Expr> items) implements Expr {}

  /** A finite set. */
  record SetOf(List<Expr> items) implements Expr {}

  /**
   * Items separated by commas, and, or.
   *
   * @param join what stands before the last item: {@code and}, {@code or} or a comma
   */
  record Listed(List<Expr> items, String join) implements Expr {}

  /** Sets joined by one of {@code ∪ ∩ ∖}. */
  record SetOperation(String sign, Expr left, Expr right) implements Expr {}

  /** A matrix by its rows. */
  record Matrix(List<List<Expr>> rows) implements Expr {}

  /**
   * A chain of relations.
   *
   * @param sides one more than signs
   * @param signs {@code = < > <= >= != ≈ ∈}
   */
  record Relation(List<Expr> sides, List<String> signs) implements Expr {}

  /** Parts separated by colons. */
  record Ratio(List<Expr> parts) implements Expr {}

  /**
   * A time of day.
   *
   * @param seconds since midnight, or since noon or midnight when the half of the day is not known
   * @param half {@code am}, {@code pm} or empty
   */
  record Clock(int seconds, String half) implements Expr {}

  /** Digits in a number system. */
  record InBase(String digits, String base) implements Expr {}

  /** Words. */
  record Text(String words) implements Expr {}

  /** What stands directly below. */
  default List<Expr> children() {
    if (this instanceof Sum n) {
      return n.terms();
    } else if (this instanceof Product n) {
      return n.factors();
    } else if (this instanceof Quotient n) {
      return List.of(n.above(), n.below());
    } else if (this instanceof Power n) {
      return List.of(n.base(), n.exponent());
    } else if (this instanceof Negative n) {
      return List.of(n.of());
    } else if (this instanceof PlusMinus n) {
      return List.of(n.of());
    } else if (this instanceof Call n) {
      return n.arguments();
    } else if (this instanceof Degrees n) {
      return List.of(n.of());
    } else if (this instanceof Percent n) {
      return List.of(n.of());
    } else if (this instanceof Quantity n) {
      return List.of(n.amount());
    } else if (this instanceof Residue n) {
      return List.of(n.of(), n.modulus());
    } else if (this instanceof Group n) {
      return n.items();
    } else if (this instanceof SetOf n) {
      return n.items();
    } else if (this instanceof Listed n) {
      return n.items();
    } else if (this instanceof SetOperation n) {
      return List.of(n.left(), n.right());
    } else if (this instanceof Matrix n) {
      return n.rows().stream().flatMap(List::stream).toList();
    } else if (this instanceof Relation n) {
      return n.sides();
    } else if (this instanceof Ratio n) {
      return n.parts();
    }
    return List.of();
  }

  /**
   * The same node with other children.
   *
   * @param children as many as {@link #children} has
   */
  default Expr with(List<Expr> children) {
    if (this instanceof Sum) {
      return new Sum(children);
    } else if (this instanceof Product) {
      return new Product(children);
    } else if (this instanceof Quotient) {
      return new Quotient(children.get(0), children.get(1));
    } else if (this instanceof Power) {
      return new Power(children.get(0), children.get(1));
    } else if (this instanceof Negative) {
      return new Negative(children.get(0));
    } else if (this instanceof PlusMinus n) {
      return new PlusMinus(children.get(0), n.minusFirst());
    } else if (this instanceof Call n) {
      return new Call(n.function(), children);
    } else if (this instanceof Degrees) {
      return new Degrees(children.get(0));
    } else if (this instanceof Percent) {
      return new Percent(children.get(0));
    } else if (this instanceof Quantity n) {
      return new Quantity(children.get(0), n.unit());
    } else if (this instanceof Residue) {
      return new Residue(children.get(0), children.get(1));
    } else if (this instanceof Group n) {
      return new Group(n.open(), n.close(), children);
    } else if (this instanceof SetOf) {
      return new SetOf(children);
    } else if (this instanceof Listed n) {
      return new Listed(children, n.join());
    } else if (this instanceof SetOperation n) {
      return new SetOperation(n.sign(), children.get(0), children.get(1));
    } else if (this instanceof Matrix n) {
      List<List<Expr>> rows = new ArrayList<>();
      int from = 0;
      for (List<Expr> row : n.rows()) {
        rows.add(children.subList(from, from + row.size()));
        from += row.size();
      }
      return new Matrix(List.copyOf(rows));
    } else if (this instanceof Relation n) {
      return new Relation(children, n.signs());
    } else if (this instanceof Ratio) {
      return new Ratio(children);
    }
    return this;
  }

  /** The tree with another in place of every occurrence of a symbol. */
  default Expr replace(String symbol, Expr by) {
    if (this instanceof Sym sym) {
      return sym.name().equals(symbol) ? by : this;
    }
    List<Expr> children = children();
    return children.isEmpty()
        ? this
        : with(children.stream().map(child -> child.replace(symbol, by)).toList());
  }

  /** Whether a node of a kind occurs anywhere. */
  default boolean has(Predicate<Expr> kind) {
    return kind.test(this) || children().stream().anyMatch(child -> child.has(kind));
  }

  /** The names of the free symbols, sorted. */
  default SortedSet<String> symbols() {
    SortedSet<String> names = new TreeSet<>();
    if (this instanceof Sym symbol && !symbol.name().startsWith("bb")) {
      names.add(symbol.name());
    }
    children().forEach(child -> names.addAll(child.symbols()));
    return names;
  }
}
