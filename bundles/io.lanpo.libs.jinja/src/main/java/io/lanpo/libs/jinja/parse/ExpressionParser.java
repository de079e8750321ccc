package io.lanpo.libs.jinja.parse;

import io.lanpo.libs.jinja.render.Expression;
import io.lanpo.libs.jinja.render.Filters;
import io.lanpo.libs.jinja.render.Functions;
import io.lanpo.libs.jinja.render.Methods;
import io.lanpo.libs.jinja.render.Rendering;
import io.lanpo.libs.jinja.render.Statements.Target;
import io.lanpo.libs.jinja.render.Tests;
import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Arithmetic;
import io.lanpo.libs.jinja.value.Budget;
import io.lanpo.libs.jinja.value.None;
import io.lanpo.libs.jinja.value.Slices;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Texts;
import io.lanpo.libs.jinja.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by the grammar of Jinja. There is no way to Java: only the methods, filters,
 * tests and functions of package {@code render} exist.
 *
 * <p>A long class, since a grammar is read in one piece: each method is one level, from the loosest
 * operator to the tightest.
 */
final class ExpressionParser {
  /** What stands in brackets within brackets; far more than anybody writes. */
  private static final int DEEPEST = 200;

  private final String source;
  private final UnaryOperator<String> own;
  private final Names names;
  private final List<Token> tokens;
  private int at;
  private int depth;

  /**
   * @param source the expression
   * @param own what becomes of a text in it
   * @param names is told of the variables that it reads
   * @throws Stop when it has characters that belong to none
   */
  ExpressionParser(String source, UnaryOperator<String> own, Names names) {
    this.source = source.strip();
    this.own = own;
    this.names = names;
    try {
      this.tokens = ExpressionLexer.tokens(this.source);
    } catch (Stop e) {
      throw Stop.wrong("%s is not understood: %s", this.source, e.reason());
    }
  }

  /** One expression, or a tuple of them, up to the end. */
  Expression whole() {
    Expression value = tuple();
    end();
    return value;
  }

  /** One expression, or several with commas between them. */
  Expression tuple() {
    return tuple(expression());
  }

  /** A macro that is called, and no more. */
  Invocation invocation() {
    String name = name();
    names.read(name);
    Call call = call();
    return new Invocation(name, call::evaluate);
  }

  /**
   * A call of a macro.
   *
   * @param arguments evaluates what it is called with
   */
  record Invocation(String name, Function<Rendering, Arguments> arguments) {}

  /** What follows is the end. */
  void end() {
    if (next().kind() != Token.Kind.END) {
      throw unexpected("the end");
    }
  }

  /** The names before {@code =} or {@code in}, in brackets or not. */
  Target target() {
    boolean brackets = take("(");
    List<String> targets = new ArrayList<>();
    do {
      String name = name();
      targets.add(take(".") ? name + "." + name() : name);
    } while (take(",") && next().kind() == Token.Kind.NAME);
    if (brackets) {
      expect(")");
    }
    return new Target(targets);
  }

  /** A sequence to loop over: a condition may follow. */
  Expression sequence() {
    return tuple(or());
  }

  Expression expression() {
    Expression value = or();
    while (take("if")) {
      Expression then = value;
      Expression condition = or();
      Expression otherwise = take("else") ? expression() : r -> null;
      value = r -> Values.isTrue(condition.value(r)) ? then.value(r) : otherwise.value(r);
    }
    return value;
  }

  private Expression tuple(Expression first) {
    if (!next().is(",")) {
      return first;
    }
    List<Expression> all = new ArrayList<>(List.of(first));
    while (take(",") && next().kind() != Token.Kind.END && !next().is("if")) {
      all.add(or());
    }
    return r -> Expression.values(all, r);
  }

  private Expression or() {
    Expression value = and();
    while (take("or")) {
      Expression left = value;
      Expression right = and();
      value =
          r -> {
            Object first = left.value(r);
            return Values.isTrue(first) ? first : right.value(r);
          };
    }
    return value;
  }

  private Expression and() {
    Expression value = not();
    while (take("and")) {
      Expression left = value;
      Expression right = not();
      value =
          r -> {
            Object first = left.value(r);
            return Values.isTrue(first) ? right.value(r) : first;
          };
    }
    return value;
  }

  private Expression not() {
    if (take("not")) {
      Expression value = deeper(this::not);
      return r -> !Values.isTrue(value.value(r));
    }
    return comparison();
  }

  private Expression comparison() {
    Expression first = sum();
    List<Comparison> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    for (Comparison operator = operator(); operator != null; operator = operator()) {
      operators.add(operator);
      operands.add(sum());
    }
    if (operators.isEmpty()) {
      return first;
    }
    return r -> {
      Object left = first.value(r);
      for (int i = 0; i < operators.size(); i++) {
        Object right = operands.get(i).value(r);
        if (!operators.get(i).holds(left, right, r.budget())) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  private @Nullable Comparison operator() {
    if (next().is("not") && tokens.get(at + 1).is("in")) {
      at += 2;
      return (a, b, budget) -> !Values.contains(b, a, budget);
    }
    Token token = next();
    Comparison comparison =
        token.kind() != Token.Kind.SIGN && !token.is("in")
            ? null
            : switch (token.text()) {
              case "==" -> Values::areEqual;
              case "!=" -> (a, b, budget) -> !Values.areEqual(a, b, budget);
              case "<" -> (a, b, budget) -> Values.compare(a, b) < 0;
              case "<=" -> (a, b, budget) -> Values.compare(a, b) <= 0;
              case ">" -> (a, b, budget) -> Values.compare(a, b) > 0;
              case ">=" -> (a, b, budget) -> Values.compare(a, b) >= 0;
              case "in" -> (a, b, budget) -> Values.contains(b, a, budget);
              default -> null;
            };
    at += comparison == null ? 0 : 1;
    return comparison;
  }

  private Expression sum() {
    Expression value = concatenation();
    while (true) {
      Expression left = value;
      if (take("+")) {
        Expression right = concatenation();
        value = r -> Arithmetic.add(left.value(r), right.value(r), r.budget());
      } else if (take("-")) {
        Expression right = concatenation();
        value = r -> Arithmetic.apply('-', left.value(r), right.value(r));
      } else {
        return value;
      }
    }
  }

  private Expression concatenation() {
    Expression value = product();
    while (take("~")) {
      Expression left = value;
      Expression right = product();
      value =
          r ->
              Arithmetic.join(
                  Texts.of(left.value(r), r.budget()),
                  Texts.of(right.value(r), r.budget()),
                  r.budget());
    }
    return value;
  }

  private Expression product() {
    Expression value = filtered(signed());
    while (true) {
      String sign = next().text();
      if (next().kind() != Token.Kind.SIGN || !List.of("*", "/", "%", "//").contains(sign)) {
        return value;
      }
      at++;
      char operation = sign.equals("//") ? 'f' : sign.charAt(0);
      Expression left = value;
      Expression right = filtered(signed());
      value = r -> Arithmetic.apply(operation, left.value(r), right.value(r));
    }
  }

  private Expression signed() {
    for (char sign : new char[] {'-', '+'}) {
      if (take(String.valueOf(sign))) {
        Expression value = deeper(this::signed);
        return r -> Arithmetic.apply(sign, 0L, value.value(r));
      }
    }
    return postfix(primary());
  }

  private Expression primary() {
    Token token = next();
    switch (token.kind()) {
      case TEXT -> {
        StringBuilder text = new StringBuilder();
        while (next().kind() == Token.Kind.TEXT) {
          text.append(advance().text());
        }
        String constant = own.apply(text.toString());
        return r -> constant;
      }
      case INTEGER, REAL -> {
        Object number = number(advance());
        return r -> number;
      }
      case NAME -> {
        return named(advance().text());
      }
      default -> {}
    }
    if (take("(")) {
      return deeper(this::inParentheses);
    }
    if (take("[")) {
      List<Expression> elements = deeper(() -> elements("]"));
      return r -> Expression.values(elements, r);
    }
    if (take("{")) {
      return deeper(this::dictionary);
    }
    throw unexpected("an expression");
  }

  private Object number(Token token) {
    String digits = token.text().replace("_", "");
    try {
      return token.kind() == Token.Kind.REAL
          ? (Object) Double.valueOf(digits)
          : (Object) Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw Stop.wrong("%s is not understood: %s is too large", source, digits);
    }
  }

  private Expression named(String name) {
    switch (name) {
      case "true", "True" -> {
        return r -> true;
      }
      case "false", "False" -> {
        return r -> false;
      }
      case "none", "None" -> {
        return r -> None.NONE;
      }
      case "and", "or", "not", "in", "is", "if", "else" -> {
        at--;
        throw unexpected("an expression");
      }
      default -> {}
    }
    if (!Functions.isKnown(name)) {
      names.read(name);
    }
    if (next().is("(")) {
      Call call = call();
      return r -> Functions.call(name, call.evaluate(r), r);
    }
    return r -> {
      Object value = r.variable(name);
      return value == null ? Functions.named(name) : value;
    };
  }

  private Expression inParentheses() {
    if (take(")")) {
      return r -> List.of();
    }
    Expression first = expression();
    if (take(")")) {
      return first;
    }
    expect(",");
    List<Expression> all = new ArrayList<>(List.of(first));
    all.addAll(elements(")"));
    return r -> Expression.values(all, r);
  }

  private List<Expression> elements(String end) {
    List<Expression> elements = new ArrayList<>();
    while (!take(end)) {
      elements.add(expression());
      if (!next().is(end)) {
        expect(",");
      }
    }
    return elements;
  }

  private Expression dictionary() {
    List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
    while (!take("}")) {
      Expression key = expression();
      expect(":");
      entries.add(Map.entry(key, expression()));
      if (!next().is("}")) {
        expect(",");
      }
    }
    return r -> {
      Map<Object, @Nullable Object> map = new LinkedHashMap<>();
      for (Map.Entry<Expression, Expression> entry : entries) {
        Object key = entry.getKey().value(r);
        map.put(key == null ? "" : key, entry.getValue().value(r));
      }
      return map;
    };
  }

  private Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      Expression base = value;
      if (take(".")) {
        String name = name();
        if (next().is("(")) {
          Call call = call();
          value = r -> Methods.call(base.value(r), name, call.evaluate(r), r);
        } else {
          value = r -> Values.attribute(base.value(r), name);
        }
      } else if (take("[")) {
        value = deeper(() -> subscript(base));
      } else {
        return value;
      }
    }
  }

  private Expression subscript(Expression base) {
    List<Expression> parts = new ArrayList<>();
    parts.add(bound());
    while (take(":")) {
      parts.add(bound());
    }
    expect("]");
    if (parts.size() == 1) {
      return r -> Values.element(base.value(r), parts.get(0).value(r));
    }
    return r ->
        Slices.of(
            base.value(r), parts.stream().map(p -> Slices.bound(p.value(r))).toList(), r.budget());
  }

  private Expression bound() {
    return next().is(":") || next().is("]") ? r -> None.NONE : expression();
  }

  private Expression filtered(Expression start) {
    Expression value = start;
    while (true) {
      Expression base = value;
      if (take("|")) {
        Filters.Filter filter = Filters.named(name());
        Call call = next().is("(") ? call() : Call.NONE;
        value = r -> filter.apply(base.value(r), call.evaluate(r), r.budget());
      } else if (take("is")) {
        boolean negated = take("not");
        Tests.Test test = Tests.named(advance().text());
        Call call = test.takesArgument() ? testArgument() : Call.NONE;
        value = r -> negated ^ test.holds(base.value(r), call.evaluate(r), r.budget());
      } else {
        return value;
      }
    }
  }

  private Call testArgument() {
    return next().is("(") ? call() : new Call(List.of(postfix(primary())), Map.of());
  }

  private Call call() {
    expect("(");
    return deeper(
        () -> {
          List<Expression> positional = new ArrayList<>();
          Map<String, Expression> named = new LinkedHashMap<>();
          while (!take(")")) {
            if (next().kind() == Token.Kind.NAME && tokens.get(at + 1).is("=")) {
              String name = name();
              at++;
              named.put(name, expression());
            } else {
              positional.add(expression());
            }
            if (!next().is(")")) {
              expect(",");
            }
          }
          return new Call(positional, named);
        });
  }

  String name() {
    if (next().kind() != Token.Kind.NAME) {
      throw unexpected("a name");
    }
    return advance().text();
  }

  boolean take(String text) {
    boolean there = next().is(text);
    at += there ? 1 : 0;
    return there;
  }

  void expect(String text) {
    if (!take(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  private Token next() {
    return tokens.get(at);
  }

  private Token advance() {
    Token token = tokens.get(at);
    at += token.kind() == Token.Kind.END ? 0 : 1;
    return token;
  }

  private <T> T deeper(Supplier<T> rest) {
    depth++;
    if (depth > DEEPEST) {
      throw Stop.here(Stop.Kind.ENDLESS, "it nests too deeply");
    }
    T value = rest.get();
    depth--;
    return value;
  }

  private Stop unexpected(String expected) {
    return Stop.wrong(
        "%s is not understood: %s is expected, not %s",
        source.isEmpty() ? "an empty tag" : source, expected, next().text());
  }

  /** Compares two values. */
  @FunctionalInterface
  private interface Comparison {
    boolean holds(@Nullable Object left, @Nullable Object right, Budget budget);
  }

  /** The arguments of a call, not evaluated yet. */
  private record Call(List<Expression> positional, Map<String, Expression> named) {
    static final Call NONE = new Call(List.of(), Map.of());

    Arguments evaluate(Rendering rendering) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      named.forEach((name, value) -> values.put(name, value.value(rendering)));
      return new Arguments(Expression.values(positional, rendering), values);
    }
  }
}
