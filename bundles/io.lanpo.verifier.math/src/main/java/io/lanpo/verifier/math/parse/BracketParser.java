package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Call;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.Quotient;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what stands between brackets, bars and braces. */
final class BracketParser {
  private final TokenStream in;
  private final Grammar terms;
  private final Supplier<Expr> item;

  /** Whether a bar closes an absolute value here, and does not open one. */
  private boolean inBars;

  /** Whether a square bracket closes a turned interval or the degree of a root here. */
  private boolean reversed;

  /**
   * @param item reads what may stand between commas
   */
  BracketParser(TokenStream in, Grammar terms, Supplier<Expr> item) {
    this.in = in;
    this.terms = terms;
    this.item = item;
  }

  /** Whether a sign opens a bracket here. */
  boolean opens(String sign) {
    return switch (sign) {
      case "(", "{", "⌊", "⌈", "\\{" -> true;
      case "[" -> !reversed;
      case "|" -> !inBars;
      default -> false;
    };
  }

  /** What stands between brackets, with them. */
  Expr read() {
    String open = in.peek().text();
    switch (open) {
      case "(", "[", "⟨":
        in.take();
        return group(open, List.of(")", "]", "⟩"));
      case "]":
        reversed = true;
        in.take();
        Expr group = group("]", List.of("["));
        reversed = false;
        return group;
      case "\\{":
        in.take();
        return set("\\}");
      case "{":
        in.take();
        return set("}");
      case "|":
        return bars();
      case "⌊":
        return enclosed("⌊", "⌋", "floor");
      case "⌈":
        return enclosed("⌈", "⌉", "ceil");
      default:
        throw in.unreadable("a number, symbol or bracket is missing");
    }
  }

  /** The argument of a command. */
  Expr braces() {
    in.need("{");
    boolean bars = inBars;
    inBars = false;
    Expr content = terms.sum();
    inBars = bars;
    in.need("}");
    return content;
  }

  /** A sum that a square bracket ends. */
  Expr degree() {
    reversed = true;
    Expr degree = terms.sum();
    reversed = false;
    return degree;
  }

  private Expr bars() {
    in.take();
    boolean outer = inBars;
    inBars = true;
    Expr content = terms.sum();
    inBars = outer;
    in.need("|");
    return new Call("abs", List.of(content));
  }

  private Expr enclosed(String open, String close, String function) {
    in.need(open);
    Expr content = terms.sum();
    in.need(close);
    return new Call(function, List.of(content));
  }

  /** Items between brackets; one item in round or square brackets is that item. */
  private Expr group(String open, List<String> closes) {
    boolean bars = inBars;
    inBars = false;
    List<Expr> items = items(closes);
    inBars = bars;
    String close = in.take().text();
    if (items.size() == 1 && !open.equals("⟨") && !close.equals("⟩")) {
      return items.get(0);
    }
    return open.equals("]")
        ? new Group('(', ')', items)
        : new Group(open.charAt(0), close.charAt(0), items);
  }

  private List<Expr> items(List<String> closes) {
    in.enter();
    List<Expr> items = new ArrayList<>();
    while (in.peek().kind() != Kind.SIGN || !closes.contains(in.peek().text())) {
      items.add(item.get());
      boolean closed = in.peek().kind() == Kind.SIGN && closes.contains(in.peek().text());
      if (!closed && !in.take(",") && !in.take(";")) {
        throw in.unreadable("a comma or closing bracket is missing");
      }
    }
    in.leave();
    return List.copyOf(items);
  }

  /** <code>{n \\choose k}</code> or <code>{a \\over b}</code>; null when it is neither. */
  private @Nullable Expr infix() {
    if (!in.hasInfix()) {
      return null;
    }
    Expr above = terms.sum();
    String kind = in.take().text();
    Expr below = terms.sum();
    in.need("}");
    return kind.equals("over")
        ? new Quotient(above, below)
        : new Call("binom", List.of(above, below));
  }

  /** Takes {@code x |} or {@code x ∈ ℝ |} if one of them is there. */
  private boolean isCondition() {
    boolean name = in.take().kind() == Kind.NAME;
    if (name && in.take("∈") && !in.take().text().equals("bbR")) {
      return false;
    }
    return name && (in.take("|") || in.take(":"));
  }

  /** A set, or its description by a condition; TeX's own braces around one item mean nothing. */
  private Expr set(String close) {
    boolean bars = inBars;
    inBars = true;
    int mark = in.mark();
    if (close.equals("\\}") && isCondition()) {
      inBars = bars;
      Expr condition = item.get();
      in.need(close);
      return condition;
    }
    in.reset(mark);
    inBars = false;
    Expr infix = close.equals("}") ? infix() : null;
    if (infix != null) {
      inBars = bars;
      return infix;
    }
    in.reset(mark);
    List<Expr> items = items(List.of(close));
    inBars = bars;
    in.take();
    return close.equals("}") && items.size() == 1 ? items.get(0) : new SetOf(items);
  }
}
