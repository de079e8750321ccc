package io.lanpo.verifier.math.tree;

import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Clock;
import io.lanpo.verifier.math.tree.Expr.Const;
import io.lanpo.verifier.math.tree.Expr.Degrees;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.InBase;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Matrix;
import io.lanpo.verifier.math.tree.Expr.Negative;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Percent;
import io.lanpo.verifier.math.tree.Expr.PlusMinus;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.Ratio;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.Residue;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.SetOperation;
import io.lanpo.verifier.math.tree.Expr.Sum;
import io.lanpo.verifier.math.tree.Expr.Sym;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.List;
import java.util.Locale;

/** Shows how an answer was read, on one line of bounded length. */
public final class Printer {
  private static final int LONGEST = 100;

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  /** The kind of thing that was read, and the thing. */
  public static String show(Expr expr) {
    Printer printer = new Printer();
    printer.write(expr);
    return kind(expr) + " " + cut(printer.out.toString());
  }

  /** A text cut to a length that fits a report. */
  public static String cut(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String kind(Expr expr) {
    if (expr instanceof Num) {
      return "the number";
    } else if (expr instanceof Residue) {
      return "the remainder";
    } else if (expr instanceof Group group) {
      return group.open() == '(' && group.close() == ')' ? "the tuple or interval" : "the interval";
    } else if (expr instanceof SetOf) {
      return "the set";
    } else if (expr instanceof Listed) {
      return "the list";
    } else if (expr instanceof SetOperation) {
      return "the set";
    } else if (expr instanceof Matrix) {
      return "the matrix";
    } else if (expr instanceof Relation) {
      return "the relation";
    } else if (expr instanceof Ratio) {
      return "the ratio";
    } else if (expr instanceof Clock) {
      return "the time";
    } else if (expr instanceof InBase) {
      return "the digits";
    } else if (expr instanceof Text) {
      return "the words";
    } else if (expr instanceof Quantity) {
      return "the quantity";
    }
    return "the term";
  }

  private Printer write(String text) {
    if (out.length() <= LONGEST) {
      out.append(text);
    }
    return this;
  }

  private void write(Expr expr) {
    if (out.length() > LONGEST) {
      return;
    }
    if (expr instanceof Num n) {
      // a number of many thousand digits is not written out only to be cut
      write(
          n.value().above().bitLength() + n.value().below().bitLength() > 1_000
              ? "(a number of %d bits)".formatted(n.value().above().bitLength())
              : n.value().toString());
    } else if (expr instanceof Sym n) {
      write(n.name());
    } else if (expr instanceof Const n) {
      write(n == Const.INFINITY ? "∞" : n.name().toLowerCase(Locale.ROOT));
    } else if (expr instanceof Sum n) {
      join("(", n.terms(), " + ", ")");
    } else if (expr instanceof Product n) {
      join("", n.factors(), "·", "");
    } else if (expr instanceof Quotient n) {
      join("(", n.children(), ")/(", ")");
    } else if (expr instanceof Power n) {
      join("", n.children(), "^", "");
    } else if (expr instanceof Negative n) {
      join("-", n.children(), "", "");
    } else if (expr instanceof PlusMinus n) {
      join(n.minusFirst() ? "∓" : "±", n.children(), "", "");
    } else if (expr instanceof Call n) {
      join(n.function() + "(", n.arguments(), ", ", ")");
    } else if (expr instanceof Degrees n) {
      join("", n.children(), "", "°");
    } else if (expr instanceof Percent n) {
      join("", n.children(), "", "%");
    } else if (expr instanceof Quantity n) {
      join("", n.children(), "", " " + n.unit());
    } else if (expr instanceof Residue n) {
      join("", n.children(), " mod ", "");
    } else if (expr instanceof Group n) {
      join(String.valueOf(n.open()), n.items(), ", ", String.valueOf(n.close()));
    } else if (expr instanceof SetOf n) {
      join("{", n.items(), ", ", "}");
    } else if (expr instanceof Listed n) {
      join("", n.items(), ", ", "");
    } else if (expr instanceof SetOperation n) {
      join("", n.children(), " " + n.sign() + " ", "");
    } else if (expr instanceof Matrix n) {
      n.rows().forEach(row -> join("[", row, ", ", "]"));
    } else if (expr instanceof Relation n) {
      write(n.sides().get(0));
      for (int i = 0; i < n.signs().size(); i++) {
        write(" " + n.signs().get(i) + " ");
        write(n.sides().get(i + 1));
      }
    } else if (expr instanceof Ratio n) {
      join("", n.parts(), ":", "");
    } else if (expr instanceof Clock n) {
      int s = n.seconds();
      write("%d:%02d:%02d %s".formatted(s / 3600, s / 60 % 60, s % 60, n.half()).strip());
    } else if (expr instanceof InBase n) {
      write(n.digits() + " in base " + n.base());
    } else if (expr instanceof Text n) {
      write("'" + n.words() + "'");
    }
  }

  private void join(String open, List<Expr> items, String between, String close) {
    write(open);
    for (int i = 0; i < items.size(); i++) {
      write(i == 0 ? "" : between);
      write(items.get(i));
    }
    write(close);
  }
}
