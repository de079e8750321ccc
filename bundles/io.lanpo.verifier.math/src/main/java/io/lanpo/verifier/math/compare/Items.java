package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.Sym;
import io.lanpo.verifier.math.tree.Printer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Compares lists and finite sets item by item, in order or in any. */
final class Items {
  private static final int MOST = 200;

  private final Conventions conventions;
  private final BiFunction<Expr, Expr, Decision> any;

  /**
   * @param any compares two items
   */
  Items(Conventions conventions, BiFunction<Expr, Expr, Decision> any) {
    this.conventions = conventions;
    this.any = any;
  }

  /** Whether this is a list or a finite set. */
  static boolean isMany(Expr expr) {
    return expr instanceof Listed || expr instanceof SetOf;
  }

  /** Compares; one of the two at least holds several values. */
  Decision compare(Expr key, Expr answer) {
    if (!conventions.sets() && key instanceof SetOf != answer instanceof SetOf) {
      return Decision.unequal("a set and no set");
    }
    if (answer instanceof Group group
            && group.open() == '('
            && group.close() == ')'
            && key instanceof Listed
        || key instanceof Group && answer instanceof Listed) {
      return named(key, answer);
    }
    Optional<Expr> domain = withoutDomain(answer);
    if (!isMany(key) && domain.isPresent() && conventions.notations()) {
      return any.apply(key, domain.get()).by("a value where it is defined");
    }
    List<Expr> left = items(key);
    List<Expr> right = items(answer);
    if (left.size() == 1 && answer instanceof Listed list && list.join().equals("or")) {
      // 1/2 or 0.5
      right = distinct(right);
    }
    if (key instanceof SetOf || answer instanceof SetOf) {
      left = distinct(left);
      right = distinct(right);
    }
    boolean ordered = !conventions.unordered() && !(key instanceof SetOf);
    return ordered ? inOrder(left, right) : inAnyOrder(left, right);
  }

  /** The value of {@code (x+1)/(x-1), x ≠ 1}; empty for any other list. */
  private static Optional<Expr> withoutDomain(Expr answer) {
    return answer instanceof Listed list
            && list.items().size() == 2
            && list.join().equals(",")
            && !(list.items().get(0) instanceof Relation)
            && list.items().get(1) instanceof Relation where
            && where.signs().equals(List.of("!="))
            && where.sides().get(0) instanceof Sym
            && list.items().get(0).symbols().containsAll(where.symbols())
        ? Optional.of(list.items().get(0))
        : Optional.empty();
  }

  /** {@code x = 1, y = 2} for {@code (1, 2)}: the values in the order of their names. */
  private Decision named(Expr key, Expr answer) {
    Expr list = key instanceof Listed ? key : answer;
    boolean assignments =
        ((Listed) list)
            .items().stream()
                .allMatch(
                    e ->
                        e instanceof Relation r
                            && r.sides().get(0) instanceof Sym
                            && Relations.isNamed(r));
    List<String> names =
        !assignments
            ? List.of()
            : ((Listed) list)
                .items().stream().map(e -> ((Sym) ((Relation) e).sides().get(0)).name()).toList();
    // x = 1 or x = 2 says two values of one name
    boolean distinct = Set.copyOf(names).size() == names.size();
    if (!assignments || !conventions.names() || !distinct || ((Listed) list).join().equals("or")) {
      return Decision.unequal("a tuple and a list");
    }
    List<Expr> values =
        ((Listed) list)
            .items().stream()
                .map(e -> (Relation) e)
                .sorted(Comparator.comparing(r -> ((Sym) r.sides().get(0)).name()))
                .map(Relations::value)
                .toList();
    List<Expr> tuple = (key instanceof Group ? key : answer).children();
    return (key instanceof Group ? inOrder(tuple, values) : inOrder(values, tuple))
        .by("values in the order of their names");
  }

  /** The items; where only some have a name, as in {@code x = 1, 2}, names do not count. */
  private List<Expr> items(Expr expr) {
    List<Expr> items = isMany(expr) ? expr.children() : List.of(expr);
    if (items.size() > MOST) {
      throw new Refusal.BeyondLimits("more than " + MOST + " items");
    }
    boolean some = items.stream().anyMatch(e -> !(e instanceof Relation));
    List<Expr> bare = new ArrayList<>();
    for (Expr item : items) {
      Expr value =
          some && conventions.names() && item instanceof Relation r && Relations.isNamed(r)
              ? Relations.value(r)
              : item;
      if (value instanceof Listed
          || value instanceof SetOf && !(expr instanceof SetOf) && items.size() == 1) {
        bare.addAll(value.children());
      } else {
        bare.add(value);
      }
    }
    return bare;
  }

  private List<Expr> distinct(List<Expr> items) {
    List<Expr> distinct = new ArrayList<>();
    for (Expr item : items) {
      if (distinct.stream().noneMatch(d -> any.apply(d, item).isEqual())) {
        distinct.add(item);
      }
    }
    return distinct;
  }

  /** Whether the items are the same, each in its place. */
  Decision inOrder(List<Expr> key, List<Expr> answer) {
    if (key.size() != answer.size()) {
      return Decision.unequal("%d items and not %d".formatted(answer.size(), key.size()));
    }
    for (int i = 0; i < key.size(); i++) {
      Decision item = any.apply(key.get(i), answer.get(i));
      if (!item.isEqual()) {
        return item.by("item " + (i + 1));
      }
    }
    return Decision.equal("item by item the same");
  }

  /** Whether the items are the same in any order. */
  Decision inAnyOrder(List<Expr> key, List<Expr> answer) {
    if (key.size() != answer.size()) {
      return Decision.unequal("%d items and not %d".formatted(answer.size(), key.size()));
    }
    List<Expr> left = new ArrayList<>(key);
    for (Expr item : answer) {
      Decision undecided = null;
      int match = -1;
      for (int i = 0; i < left.size() && match < 0; i++) {
        Decision one = any.apply(left.get(i), item);
        match = one.isEqual() ? i : -1;
        undecided = one.outcome() == Decision.Outcome.UNDECIDED ? one : undecided;
      }
      if (match < 0) {
        return undecided != null
            ? undecided
            : Decision.unequal("no item of the key is " + Printer.show(item));
      }
      left.remove(match);
    }
    return Decision.equal("the same items");
  }
}
