package io.lanpo.libs.jinja;

import com.hubspot.jinjava.el.ext.AbsOperator;
import com.hubspot.jinjava.el.ext.CollectionMembershipOperator;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import com.hubspot.jinjava.el.ext.StringConcatOperator;
import com.hubspot.jinjava.el.ext.TruncDivOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Scanner.ScanException;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.Scanner.Token;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by the grammar of Jinja, over Jinjava's scanner, into nodes that compute as
 * Python does. Jinjava's own expressions are those of Java's EL: there {@code '' == false}, {@code
 * not a == b} negates {@code a}, and every public method of a Java object can be called. Here there
 * is no way to Java at all: only the methods, filters, tests and functions of this package exist.
 *
 * <p>A long class, since a grammar is read in one piece: each method is one level, from the loosest
 * operator to the tightest.
 */
final class PythonParser extends ExtendedParser {
  PythonParser(Builder context, String input) {
    super(context, input);
  }

  @Override
  @SuppressWarnings("NullAway") // null is how the parser says that there is no expression
  protected AstNode expr(boolean required) throws ScanException, ParseException {
    if (!required && !startsExpression()) {
      return null;
    }
    return expression();
  }

  private boolean startsExpression() {
    return switch (getToken().getSymbol()) {
      case EOF, END_EVAL, RPAREN, RBRACK, COLON, COMMA -> false;
      default -> !is("}");
    };
  }

  /** Whether the next token is this word or sign, and not a text that reads like it. */
  private boolean is(String image) {
    return getToken().getSymbol() != Symbol.STRING && image.equals(getToken().getImage());
  }

  private boolean take(String image) throws ScanException, ParseException {
    if (!is(image)) {
      return false;
    }
    consumeToken();
    return true;
  }

  private boolean take(Symbol symbol) throws ScanException, ParseException {
    if (getToken().getSymbol() != symbol) {
      return false;
    }
    consumeToken();
    return true;
  }

  private Expression expression() throws ScanException, ParseException {
    Expression value = or();
    while (take("if")) {
      Expression then = value;
      Expression condition = or();
      Expression otherwise = take("else") ? expression() : new Expression(r -> null);
      value =
          new Expression(
              r -> Values.isTrue(condition.value(r)) ? then.value(r) : otherwise.value(r));
    }
    return value;
  }

  private Expression or() throws ScanException, ParseException {
    Expression value = and();
    while (take(Symbol.OR)) {
      Expression left = value;
      Expression right = and();
      value =
          new Expression(
              r -> {
                Object first = left.value(r);
                return Values.isTrue(first) ? first : right.value(r);
              });
    }
    return value;
  }

  private Expression and() throws ScanException, ParseException {
    Expression value = not();
    while (take(Symbol.AND)) {
      Expression left = value;
      Expression right = not();
      value =
          new Expression(
              r -> {
                Object first = left.value(r);
                return Values.isTrue(first) ? right.value(r) : first;
              });
    }
    return value;
  }

  private Expression not() throws ScanException, ParseException {
    if (take(Symbol.NOT)) {
      Expression value = not();
      return new Expression(r -> !Values.isTrue(value.value(r)));
    }
    return comparison();
  }

  private Expression comparison() throws ScanException, ParseException {
    Expression first = sum();
    List<Comparison> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    Comparison operator = comparisonSign();
    while (operator != null) {
      operators.add(operator);
      operands.add(sum());
      operator = comparisonSign();
    }
    return operators.isEmpty()
        ? first
        : new Expression(
            r -> {
              Object left = first.value(r);
              for (int i = 0; i < operators.size(); i++) {
                Object right = operands.get(i).value(r);
                if (!operators.get(i).holds(left, right, r.budget())) {
                  return false;
                }
                left = right;
              }
              return true;
            });
  }

  private @Nullable Comparison comparisonSign() throws ScanException, ParseException {
    Comparison comparison =
        switch (getToken().getSymbol()) {
          case EQ -> Values::areEqual;
          case NE -> (a, b, budget) -> !Values.areEqual(a, b, budget);
          case LT -> (a, b, budget) -> Values.compare(a, b) < 0;
          case LE -> (a, b, budget) -> Values.compare(a, b) <= 0;
          case GT -> (a, b, budget) -> Values.compare(a, b) > 0;
          case GE -> (a, b, budget) -> Values.compare(a, b) >= 0;
          case NOT ->
              lookahead(0) == CollectionMembershipOperator.TOKEN
                  ? (a, b, budget) -> !Values.contains(b, a, budget)
                  : null;
          default ->
              getToken() == CollectionMembershipOperator.TOKEN
                  ? (a, b, budget) -> Values.contains(b, a, budget)
                  : null;
        };
    if (comparison != null && consumeToken().getSymbol() == Symbol.NOT) {
      consumeToken();
    }
    return comparison;
  }

  private Expression sum() throws ScanException, ParseException {
    Expression value = concatenation();
    while (true) {
      Expression left = value;
      if (getToken().getSymbol() == Symbol.PLUS || getToken() == AbsOperator.TOKEN) {
        consumeToken();
        Expression right = concatenation();
        value = new Expression(r -> Arithmetic.add(left.value(r), right.value(r), r.budget()));
      } else if (take(Symbol.MINUS)) {
        Expression right = concatenation();
        value = new Expression(r -> Arithmetic.apply('-', left.value(r), right.value(r)));
      } else {
        return value;
      }
    }
  }

  private Expression concatenation() throws ScanException, ParseException {
    Expression value = product();
    while (getToken() == StringConcatOperator.TOKEN) {
      consumeToken();
      Expression left = value;
      Expression right = product();
      value =
          new Expression(
              r ->
                  Arithmetic.join(
                      Texts.of(left.value(r), r.budget()),
                      Texts.of(right.value(r), r.budget()),
                      r.budget()));
    }
    return value;
  }

  private Expression product() throws ScanException, ParseException {
    Expression value = signed();
    while (true) {
      char sign =
          switch (getToken().getSymbol()) {
            case MUL -> '*';
            case DIV -> '/';
            case MOD -> '%';
            default -> getToken() == TruncDivOperator.TOKEN ? 'f' : ' ';
          };
      if (sign == ' ') {
        return value;
      }
      consumeToken();
      Expression left = value;
      Expression right = signed();
      value = new Expression(r -> Arithmetic.apply(sign, left.value(r), right.value(r)));
    }
  }

  private Expression signed() throws ScanException, ParseException {
    if (take(Symbol.MINUS)) {
      Expression value = postfix(primary());
      return filtered(new Expression(r -> Arithmetic.apply('-', 0L, value.value(r))));
    }
    return filtered(postfix(primary()));
  }

  private Expression primary() throws ScanException, ParseException {
    Token token = getToken();
    switch (token.getSymbol()) {
      case STRING:
        StringBuilder text = new StringBuilder();
        while (getToken().getSymbol() == Symbol.STRING) {
          text.append(consumeToken().getImage());
        }
        return constant(text.toString());
      case INTEGER:
        return constant(parseInteger(consumeToken().getImage()).longValue());
      case FLOAT:
        return constant(parseFloat(consumeToken().getImage()).doubleValue());
      case TRUE:
      case FALSE:
        consumeToken();
        return constant(token.getSymbol() == Symbol.TRUE);
      case LPAREN:
        return inParentheses();
      case LBRACK:
        consumeToken();
        List<Expression> elements = elements(Symbol.RBRACK);
        return new Expression(r -> Values.evaluated(elements, r));
      case IDENTIFIER:
        return variable(consumeToken().getImage());
      default:
        if (is("{")) {
          return dictionary();
        }
        fail("expression");
        throw new IllegalStateException("fail returns never");
    }
  }

  private static Expression constant(Object value) {
    return new Expression(r -> value);
  }

  private Expression variable(String name) throws ScanException, ParseException {
    if (name.equals("none") || name.equals("None")) {
      return constant(None.NONE);
    }
    if (getToken().getSymbol() == Symbol.LPAREN) {
      Call call = call();
      return new Expression(r -> Functions.call(name, call.evaluate(r), r));
    }
    return new Expression(
        r -> {
          Object value = r.variable(name);
          return value == null ? Functions.named(name) : value;
        });
  }

  private Expression inParentheses() throws ScanException, ParseException {
    consumeToken();
    if (take(Symbol.RPAREN)) {
      return new Expression(r -> List.of());
    }
    Expression first = expression();
    if (take(Symbol.RPAREN)) {
      return first;
    }
    consumeToken(Symbol.COMMA);
    List<Expression> all = new ArrayList<>(List.of(first));
    all.addAll(elements(Symbol.RPAREN));
    return new Expression(r -> Values.evaluated(all, r));
  }

  private List<Expression> elements(Symbol end) throws ScanException, ParseException {
    List<Expression> elements = new ArrayList<>();
    while (!take(end)) {
      elements.add(expression());
      if (getToken().getSymbol() != end) {
        consumeToken(Symbol.COMMA);
      }
    }
    return elements;
  }

  private Expression dictionary() throws ScanException, ParseException {
    consumeToken();
    List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
    while (!take("}")) {
      Expression key = expression();
      consumeToken(Symbol.COLON);
      entries.add(Map.entry(key, expression()));
      if (!is("}")) {
        consumeToken(Symbol.COMMA);
      }
    }
    return new Expression(r -> Values.dictionary(entries, r));
  }

  private Expression postfix(Expression start) throws ScanException, ParseException {
    Expression value = start;
    while (true) {
      Expression base = value;
      if (take(Symbol.DOT)) {
        String name = consumeToken(Symbol.IDENTIFIER).getImage();
        if (getToken().getSymbol() == Symbol.LPAREN) {
          Call call = call();
          value = new Expression(r -> Methods.call(base.value(r), name, call.evaluate(r), r));
        } else {
          value = new Expression(r -> Values.attribute(base.value(r), name));
        }
      } else if (take(Symbol.LBRACK)) {
        value = subscript(base);
      } else {
        return value;
      }
    }
  }

  private Expression subscript(Expression base) throws ScanException, ParseException {
    List<@Nullable Expression> parts = new ArrayList<>();
    parts.add(getToken().getSymbol() == Symbol.COLON ? null : expression());
    while (take(Symbol.COLON)) {
      parts.add(startsExpression() ? expression() : null);
    }
    consumeToken(Symbol.RBRACK);
    Expression first = parts.get(0);
    if (parts.size() == 1 && first != null) {
      return new Expression(r -> Values.element(base.value(r), first.value(r)));
    }
    return new Expression(
        r ->
            Slices.of(
                base.value(r), parts.stream().map(p -> Slices.bound(p, r)).toList(), r.budget()));
  }

  private Expression filtered(Expression start) throws ScanException, ParseException {
    Expression value = start;
    while (true) {
      Expression base = value;
      if (take("|")) {
        String name = consumeToken(Symbol.IDENTIFIER).getImage();
        Filters.Filter filter = Filters.named(name);
        Call call = getToken().getSymbol() == Symbol.LPAREN ? call() : Call.NONE;
        value = new Expression(r -> filter.apply(base.value(r), call.evaluate(r), r.budget()));
      } else if (take("is")) {
        boolean negated = take(Symbol.NOT);
        String name = consumeToken().getImage();
        Tests.Test test = Tests.named(name);
        Call call = test.takesArgument() ? testArgument() : Call.NONE;
        value =
            new Expression(r -> negated ^ test.holds(base.value(r), call.evaluate(r), r.budget()));
      } else {
        return value;
      }
    }
  }

  private Call testArgument() throws ScanException, ParseException {
    return getToken().getSymbol() == Symbol.LPAREN
        ? call()
        : new Call(List.of(postfix(primary())), Map.of());
  }

  private Call call() throws ScanException, ParseException {
    consumeToken(Symbol.LPAREN);
    Call call = new Call(new ArrayList<>(), new LinkedHashMap<>());
    while (!take(Symbol.RPAREN)) {
      if (getToken().getSymbol() == Symbol.IDENTIFIER
          && lookahead(0) == NamedParameterOperator.TOKEN) {
        String name = consumeToken().getImage();
        consumeToken();
        call.named().put(name, expression());
      } else {
        call.positional().add(expression());
      }
      if (getToken().getSymbol() != Symbol.RPAREN) {
        consumeToken(Symbol.COMMA);
      }
    }
    return call;
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
      return new Arguments(Values.evaluated(positional, rendering), values);
    }
  }
}
