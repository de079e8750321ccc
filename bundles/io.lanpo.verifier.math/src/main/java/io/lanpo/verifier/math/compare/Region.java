package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Reals;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.SetOperation;
import io.lanpo.verifier.math.tree.Expr.Sym;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of real numbers as separate intervals in order; a single number is an interval, too.
 *
 * @param parts disjoint, not touching, ascending
 */
record Region(List<Part> parts) {
  private static final MathContext END = new MathContext(40);
  private static final Region ALL = new Region(List.of(new Part(null, false, null, false)));

  /**
   * An interval.
   *
   * @param low lower end; null when there is none
   * @param high upper end; null when there is none
   */
  record Part(@Nullable BigDecimal low, boolean lowIn, @Nullable BigDecimal high, boolean highIn) {
    boolean isEmpty() {
      if (low == null || high == null) {
        return false;
      }
      int order = low.compareTo(high);
      return order > 0 || order == 0 && !(lowIn && highIn);
    }
  }

  /** The set that an interval, a union, an inequality in one symbol or a set of numbers is. */
  static Optional<Region> of(Expr expr, Scalars scalars) {
    try {
      return Optional.ofNullable(read(expr, scalars));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** Whether this can only be a set of numbers, and no tuple, list or equation. */
  static boolean isSet(Expr expr) {
    return expr instanceof SetOperation
        || expr instanceof Sym symbol && symbol.name().equals("bbR")
        || expr instanceof Relation relation
            && relation.signs().stream()
                .noneMatch(s -> s.equals("=") || s.equals("≈") || s.equals("∈"))
        || expr instanceof Listed list && list.items().stream().allMatch(Region::isSet);
  }

  private static @Nullable Region read(Expr expr, Scalars scalars) {
    if (expr instanceof Group group && group.items().size() == 2) {
      return "([".indexOf(group.open()) < 0 || ")]".indexOf(group.close()) < 0
          ? null
          : interval(
              group.items().get(0),
              group.open() == '[',
              group.items().get(1),
              group.close() == ']',
              scalars);
    } else if (expr instanceof SetOf set) {
      List<Part> points = new ArrayList<>();
      for (Expr item : set.items()) {
        BigDecimal point = end(item, scalars);
        points.add(new Part(point, true, point, true));
      }
      return new Region(points).united();
    } else if (expr instanceof Sym symbol) {
      return symbol.name().equals("bbR") ? ALL : null;
    } else if (expr instanceof SetOperation operation) {
      Region left = read(operation.left(), scalars);
      Region right = read(operation.right(), scalars);
      if (left == null || right == null) {
        return null;
      }
      return switch (operation.sign()) {
        case "∪" -> left.union(right);
        case "∩" -> left.meet(right);
        default -> left.meet(right.complement());
      };
    } else if (expr instanceof Relation relation) {
      return relation(relation, scalars);
    } else if (expr instanceof Listed list && isSet(list) && list.symbols().size() == 1) {
      return several(list, scalars);
    }
    return null;
  }

  /** Conditions joined by {@code or} and commas are a union; by {@code and}, an intersection. */
  private static @Nullable Region several(Listed list, Scalars scalars) {
    Region any = new Region(List.of());
    Region every = ALL;
    for (Expr item : list.items()) {
      Region one = read(item, scalars);
      if (one == null) {
        return null;
      }
      any = any.union(one);
      every = every.meet(one);
    }
    boolean meet = list.join().equals("and") && !every.parts.isEmpty();
    return meet || list.join().equals(",") && any.equals(ALL) ? every : any;
  }

  private static @Nullable Region relation(Relation relation, Scalars scalars) {
    if (relation.symbols().size() != 1) {
      return null;
    }
    Region all = ALL;
    for (int i = 0; i < relation.signs().size(); i++) {
      Expr left = relation.sides().get(i);
      Expr right = relation.sides().get(i + 1);
      String sign = relation.signs().get(i);
      Region one;
      if (left instanceof Sym) {
        one = condition(sign, right, scalars);
      } else if (right instanceof Sym) {
        one = condition(turned(sign), left, scalars);
      } else {
        return null;
      }
      if (one == null) {
        return null;
      }
      all = all.meet(one);
    }
    return all;
  }

  private static String turned(String sign) {
    return switch (sign) {
      case "<" -> ">";
      case ">" -> "<";
      case "<=" -> ">=";
      case ">=" -> "<=";
      default -> sign;
    };
  }

  private static @Nullable Region condition(String sign, Expr bound, Scalars scalars) {
    if (sign.equals("∈")) {
      return read(bound, scalars);
    }
    Part part =
        switch (sign) {
          case "<" -> new Part(null, false, end(bound, scalars), false);
          case "<=" -> new Part(null, false, end(bound, scalars), true);
          case ">" -> new Part(end(bound, scalars), false, null, false);
          case ">=" -> new Part(end(bound, scalars), true, null, false);
          case "!=" -> new Part(end(bound, scalars), true, end(bound, scalars), true);
          default -> null;
        };
    if (part == null) {
      return null;
    }
    Region region = new Region(List.of(part));
    return sign.equals("!=") ? region.complement() : region;
  }

  private static Region interval(
      Expr low, boolean lowIn, Expr high, boolean highIn, Scalars scalars) {
    boolean fromBelow = low instanceof Negative minus && minus.of() == Const.INFINITY;
    boolean toAbove = high == Const.INFINITY;
    // a bracket that includes infinity is a slip that means nothing else
    Part part =
        new Part(
            fromBelow ? null : end(low, scalars),
            !fromBelow && lowIn,
            toAbove ? null : end(high, scalars),
            !toAbove && highIn);
    if (part.isEmpty()) {
      throw new Refusal.Undefined("an interval without numbers");
    }
    return new Region(List.of(part));
  }

  private static BigDecimal end(Expr expr, Scalars scalars) {
    if (!expr.symbols().isEmpty()) {
      throw new Refusal.Unreadable("an end with a symbol");
    }
    BigDecimal value = scalars.real(expr);
    return Reals.isZero(value) ? BigDecimal.ZERO : value.round(END).stripTrailingZeros();
  }

  private Region union(Region other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new Region(all).united();
  }

  private Region meet(Region other) {
    return complement().union(other.complement()).complement();
  }

  private Region complement() {
    List<Part> gaps = new ArrayList<>();
    BigDecimal low = null;
    boolean lowIn = false;
    for (Part part : parts) {
      if (part.low() != null) {
        gaps.add(new Part(low, lowIn, part.low(), !part.lowIn()));
      }
      if (part.high() == null) {
        return new Region(gaps).united();
      }
      low = part.high();
      lowIn = !part.highIn();
    }
    gaps.add(new Part(low, lowIn, null, false));
    return new Region(gaps).united();
  }

  /** Sorts and joins what overlaps or touches. */
  private Region united() {
    Comparator<Part> byLow =
        Comparator.comparing(Part::low, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(part -> !part.lowIn());
    List<Part> sorted = parts.stream().filter(part -> !part.isEmpty()).sorted(byLow).toList();
    List<Part> joined = new ArrayList<>();
    for (Part part : sorted) {
      Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && touch(last, part)) {
        joined.set(joined.size() - 1, join(last, part));
      } else {
        joined.add(part);
      }
    }
    return new Region(List.copyOf(joined));
  }

  private static boolean touch(Part first, Part second) {
    if (first.high() == null || second.low() == null) {
      return true;
    }
    int order = second.low().compareTo(first.high());
    return order < 0 || order == 0 && (first.highIn() || second.lowIn());
  }

  private static Part join(Part first, Part second) {
    if (first.high() == null || second.high() == null) {
      return new Part(first.low(), first.lowIn(), null, false);
    }
    int order = first.high().compareTo(second.high());
    Part last = order >= 0 ? first : second;
    boolean in = order == 0 ? first.highIn() || second.highIn() : last.highIn();
    return new Part(first.low(), first.lowIn(), last.high(), in);
  }
}
