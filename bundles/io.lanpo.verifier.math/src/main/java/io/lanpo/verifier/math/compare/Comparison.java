package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Clock;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.InBase;
import io.lanpo.verifier.math.tree.Expr.Matrix;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Ratio;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.Residue;
import io.lanpo.verifier.math.tree.Expr.SetOperation;
import io.lanpo.verifier.math.tree.Expr.Sym;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether two answers mean the same under some conventions. One comparison each; the first
 * rule that applies to the kinds of both decides.
 */
public final class Comparison {
  private final Conventions conventions;
  private final Budget budget = new Budget();
  private final Scalars scalars = new Scalars(budget);
  private final Relations relations = new Relations(scalars);
  private final Items items;
  private final Ratios ratios;
  private final Roundings roundings;
  private final Quantities quantities;

  public Comparison(Conventions conventions) {
    this.conventions = conventions;
    this.items = new Items(conventions, this::any);
    this.ratios = new Ratios(conventions, scalars, items::inOrder);
    this.roundings = new Roundings(scalars);
    this.quantities = new Quantities(conventions, scalars, this::any);
  }

  /**
   * Compares.
   *
   * @throws Refusal when one of the two cannot be worked out
   */
  public Decision compare(Expr key, Expr answer) {
    return any(Alternatives.writtenOut(key), Alternatives.writtenOut(answer));
  }

  private Decision any(Expr key, Expr answer) {
    budget.spend(4);
    if (key instanceof Text || answer instanceof Text) {
      return words(key, answer);
    }
    if (key instanceof Relation || answer instanceof Relation) {
      return relation(key, answer);
    }
    if (isSet(key) || isSet(answer)) {
      return sets(key, answer);
    }
    if (Items.isMany(key) || Items.isMany(answer)) {
      return items.compare(key, answer);
    }
    if (key instanceof Group
        || key instanceof Matrix
        || answer instanceof Group
        || answer instanceof Matrix) {
      return arrangement(key, answer);
    }
    if (key instanceof Ratio
        || key instanceof Clock
        || answer instanceof Ratio
        || answer instanceof Clock) {
      return ratios.compare(key, answer);
    }
    if (key instanceof Residue || answer instanceof Residue) {
      return residues(key, answer);
    }
    if (key instanceof InBase || answer instanceof InBase) {
      return quantities.inBase(key, answer);
    }
    return quantities.compare(key, answer);
  }

  private static boolean isSet(Expr expr) {
    return Region.isSet(expr);
  }

  private Decision words(Expr key, Expr answer) {
    if (key instanceof Text a && answer instanceof Text b) {
      boolean same =
          Words.plain(a.words(), conventions.anyCase())
              .equals(Words.plain(b.words(), conventions.anyCase()));
      return same ? Decision.equal("the same words") : Decision.unequal("different words");
    }
    Text text = (Text) (key instanceof Text ? key : answer);
    Expr other = key instanceof Text ? answer : key;
    Optional<Rational> number = Words.number(text.words());
    if (number.isPresent()) {
      Expr named = new Num(number.get(), -1);
      return (key instanceof Text ? any(named, other) : any(other, named)).by("a number in words");
    }
    Optional<Expr> set = conventions.notations() ? Words.set(text.words()) : Optional.empty();
    if (set.isPresent()) {
      return (key instanceof Text ? any(set.get(), other) : any(other, set.get()))
          .by("a set in words");
    }
    if (other instanceof Sym symbol && symbol.name().equals(text.words().strip())) {
      return Decision.equal("the same letter");
    }
    if (other instanceof Relation relation && Relations.isNamed(relation) && conventions.names()) {
      Expr value = Relations.value(relation);
      return key instanceof Text ? any(key, value) : any(value, answer);
    }
    return Decision.unequal("words and a formula");
  }

  private Decision relation(Expr wanted, Expr got) {
    Expr key = roundings.exact(wanted);
    Expr answer = roundings.exact(got);
    if (!(key instanceof Relation || answer instanceof Relation)) {
      return any(key, answer).by("the exact value");
    }
    Decision region = region(key, answer);
    if (region.outcome() != Decision.Outcome.UNDECIDED) {
      return region;
    }
    if (key instanceof Relation a && answer instanceof Relation b) {
      boolean names = Relations.isNamed(a) && Relations.isNamed(b);
      boolean values = Relations.saysValue(a, false) && Relations.saysValue(b, false);
      if (values && a.sides().get(0).equals(b.sides().get(0))) {
        return any(Relations.value(a), Relations.value(b)).by("the same name");
      }
      if (names
          && conventions.notations()
          && Names.isFunction(a.sides().get(0)) != Names.isFunction(b.sides().get(0))) {
        // y = 2x and f(x) = 2x
        return any(Relations.value(a), Relations.value(b)).by("a function by its value");
      }
      boolean calculations = names && isCalculation(a) && isCalculation(b);
      return calculations
          ? any(Relations.value(a), Relations.value(b)).by("results of calculations")
          : relations.compare(a, b);
    }
    Relation named = (Relation) (key instanceof Relation ? key : answer);
    if (!Relations.saysValue(named, named == key)) {
      return Decision.unequal("a relation and something else");
    }
    boolean name = !named.symbols().isEmpty() && !named.signs().contains("∈");
    if (name && !conventions.names()) {
      return Decision.unequal("a name for a value and a value");
    }
    if (named == key) {
      // every side of a key such as 14/25 = 56% is a way to write it
      Decision last = Decision.unequal("no side of the key");
      for (int i = named.sides().size() - 1; i >= (name ? 1 : 0) && !last.isEqual(); i--) {
        last = any(named.sides().get(i), answer).by("the value that is named");
      }
      return last;
    }
    if (!isTrue(named)) {
      return Decision.unequal("a calculation that is not true");
    }
    return any(key, Relations.value(named)).by("the value that is named");
  }

  private static boolean isCalculation(Relation relation) {
    return relation.symbols().isEmpty() && !(relation.sides().get(0) instanceof Text);
  }

  /**
   * Whether no side of {@code 2 + 3 = 5} is another number than its result. Only exact numbers
   * without units are looked at: {@code 10/3 = 3.33} is a way to say what it is about.
   */
  private boolean isTrue(Relation calculation) {
    Expr result = Relations.value(calculation);
    if (calculation.signs().contains("≈")) {
      return !roundings.isFalse(calculation);
    }
    return !isBare(result)
        || calculation.sides().stream()
            .filter(side -> side.symbols().isEmpty() && isBare(side))
            .noneMatch(side -> differs(side, result));
  }

  private boolean differs(Expr side, Expr result) {
    try {
      return any(side, result).outcome() == Decision.Outcome.UNEQUAL;
    } catch (Refusal.BeyondLimits e) {
      throw e;
    } catch (Refusal e) {
      // such as f(2), of which nothing is known
      return false;
    }
  }

  private static boolean isBare(Expr expr) {
    return !expr.has(
        e ->
            e instanceof Expr.Quantity
                || e instanceof Expr.Percent
                || e instanceof Expr.Degrees
                || e instanceof Text
                || e instanceof Num number && number.decimals() >= 0);
  }

  /** Compares as sets of real numbers; undecided when one side is none. */
  private Decision region(Expr key, Expr answer) {
    boolean notations = conventions.notations() || key.getClass() == answer.getClass();
    if (!notations || !(isSet(key) || isSet(answer))) {
      return Decision.undecided("no sets of numbers");
    }
    if (key instanceof Relation
        && answer instanceof Relation
        && !key.symbols().equals(answer.symbols())) {
      return Decision.undecided("different symbols");
    }
    Optional<Region> a = Region.of(bare(key), scalars);
    Optional<Region> b = Region.of(bare(answer), scalars);
    if (a.isEmpty() || b.isEmpty()) {
      return Decision.undecided("no sets of numbers");
    }
    return a.equals(b)
        ? Decision.equal("the same set of real numbers")
        : Decision.unequal("different sets of real numbers");
  }

  /** What {@code x ∈ S} is a name for. */
  private static Expr bare(Expr expr) {
    return expr instanceof Relation relation && relation.signs().equals(List.of("∈"))
        ? Relations.value(relation)
        : expr;
  }

  private Decision sets(Expr key, Expr answer) {
    Decision region = region(key, answer);
    if (region.outcome() != Decision.Outcome.UNDECIDED) {
      return region;
    }
    if (key instanceof SetOperation a
        && answer instanceof SetOperation b
        && a.sign().equals(b.sign())) {
      List<Expr> left = operands(a, a.sign());
      List<Expr> right = operands(b, b.sign());
      return (a.sign().equals("∖") ? items.inOrder(left, right) : items.inAnyOrder(left, right))
          .by("set by set");
    }
    if (Items.isMany(key) && Items.isMany(answer)) {
      return items.compare(key, answer);
    }
    if (key.getClass() == answer.getClass() && !(key instanceof SetOperation)) {
      return quantities.compare(key, answer);
    }
    return Decision.unequal("a set of numbers and something else");
  }

  private static List<Expr> operands(Expr expr, String sign) {
    if (expr instanceof SetOperation operation && operation.sign().equals(sign)) {
      List<Expr> all = new ArrayList<>(operands(operation.left(), sign));
      all.addAll(sign.equals("∖") ? List.of(operation.right()) : operands(operation.right(), sign));
      return all;
    }
    return List.of(expr);
  }

  /** {@code 12 (mod 17)}; where one side names no modulus, the remainder has to be the number. */
  private Decision residues(Expr key, Expr answer) {
    if (key instanceof Residue a && answer instanceof Residue b) {
      Decision modulus = any(a.modulus(), b.modulus());
      if (!modulus.isEqual()) {
        return modulus.by("the moduli");
      }
      Decision same = any(a.of(), b.of());
      Expr turns =
          new Expr.Quotient(new Expr.Sum(List.of(a.of(), new Expr.Negative(b.of()))), a.modulus());
      return same.isEqual() || scalars.isWhole(turns)
          ? Decision.equal("the same remainder")
          : Decision.unequal("different remainders");
    }
    Residue residue = (Residue) (key instanceof Residue ? key : answer);
    return conventions.units()
        ? (residue == key ? any(residue.of(), answer) : any(key, residue.of()))
            .by("one modulus not named")
        : Decision.unequal("a modulus on one side only");
  }

  private Decision arrangement(Expr key, Expr answer) {
    if (key instanceof Group a && answer instanceof Group b) {
      boolean brackets =
          bracket(a.open()) == bracket(b.open()) && bracket(a.close()) == bracket(b.close());
      return brackets
          ? items.inOrder(a.items(), b.items())
          : Decision.unequal("different brackets");
    }
    if (key instanceof Matrix a && answer instanceof Matrix b) {
      if (a.rows().size() != b.rows().size()) {
        return Decision.unequal("a different number of rows");
      }
      for (int i = 0; i < a.rows().size(); i++) {
        Decision row = items.inOrder(a.rows().get(i), b.rows().get(i));
        if (!row.isEqual()) {
          return row.by("row " + (i + 1));
        }
      }
      return Decision.equal("entry by entry the same");
    }
    if (conventions.notations() && Vectors.isVector(key) != Vectors.isVector(answer)) {
      Expr vector = Vectors.isVector(key) ? key : answer;
      Expr term = vector == key ? answer : key;
      if (Vectors.isByUnits(term)) {
        return scalars.compare(Vectors.byUnits(vector), term).by("a vector by its components");
      }
    }
    Optional<Matrix> rows = Vectors.rows(key instanceof Matrix ? answer : key);
    if (conventions.notations() && rows.isPresent()) {
      return key instanceof Matrix
          ? arrangement(key, rows.get()).by("row by row")
          : arrangement(rows.get(), answer).by("row by row");
    }
    Expr other = key instanceof Matrix ? answer : key;
    Expr matrix = key instanceof Matrix ? key : answer;
    if (conventions.notations()
        && matrix instanceof Matrix m
        && other instanceof Group g
        && Vectors.isVector(m)) {
      boolean round = bracket(g.open()) == '(' && bracket(g.close()) == ')';
      return round
          ? (key == m
                  ? items.inOrder(m.children(), g.items())
                  : items.inOrder(g.items(), m.children()))
              .by("a vector")
          : Decision.unequal("different brackets");
    }
    return Decision.unequal("different kinds of answer");
  }

  private char bracket(char written) {
    return switch (written) {
      case '⟨' -> conventions.notations() ? '(' : written;
      case '⟩' -> conventions.notations() ? ')' : written;
      default -> written;
    };
  }
}
