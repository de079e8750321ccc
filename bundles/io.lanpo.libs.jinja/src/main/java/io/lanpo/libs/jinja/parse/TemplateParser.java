package io.lanpo.libs.jinja.parse;

import io.lanpo.libs.jinja.parse.TemplateLexer.Piece;
import io.lanpo.libs.jinja.render.CallBlock;
import io.lanpo.libs.jinja.render.Expression;
import io.lanpo.libs.jinja.render.Loop;
import io.lanpo.libs.jinja.render.Macro;
import io.lanpo.libs.jinja.render.Statement;
import io.lanpo.libs.jinja.render.Statements;
import io.lanpo.libs.jinja.render.Statements.Assignment;
import io.lanpo.libs.jinja.render.Statements.Branch;
import io.lanpo.libs.jinja.render.Statements.Capture;
import io.lanpo.libs.jinja.render.Statements.Condition;
import io.lanpo.libs.jinja.render.Statements.Definition;
import io.lanpo.libs.jinja.render.Statements.Generation;
import io.lanpo.libs.jinja.render.Statements.Output;
import io.lanpo.libs.jinja.render.Statements.Target;
import io.lanpo.libs.jinja.render.Statements.Text;
import io.lanpo.libs.jinja.value.Stop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template. A tag that is unknown or not closed is refused at once; an expression that is
 * not understood only when it is reached: templates are written for many uses, and ours is one.
 */
public final class TemplateParser {
  /** Blocks within blocks; far more than anybody writes. */
  private static final int DEEPEST = 100;

  private static final String CALLER = "caller";

  private final List<Piece> pieces;
  private final UnaryOperator<String> own;
  private final Names names = new Names();
  private int at;
  private int depth;

  private TemplateParser(List<Piece> pieces, UnaryOperator<String> own) {
    this.pieces = pieces;
    this.own = own;
  }

  /**
   * A template that was read.
   *
   * @param variables the names that it reads and has not set itself
   */
  public record Parsed(List<Statement> statements, Set<String> variables) {}

  /**
   * Reads a template.
   *
   * @param own what becomes of each text of the template
   * @throws Stop naming the line of a tag that is unknown or not closed
   */
  public static Parsed parse(String template, UnaryOperator<String> own) {
    TemplateParser parser = new TemplateParser(TemplateLexer.pieces(template), own);
    List<Statement> statements = parser.statements();
    if (parser.at < parser.pieces.size()) {
      Piece left = parser.pieces.get(parser.at);
      throw new Stop(
          Stop.Kind.WRONG, left.line(), "{%% %s %%} has no beginning".formatted(word(left)));
    }
    return new Parsed(statements, parser.names.free());
  }

  /** Statements up to a tag that ends or divides a block. */
  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    while (at < pieces.size()) {
      Piece piece = pieces.get(at);
      if (piece.kind() == ' ') {
        statements.add(new Text(own.apply(piece.text())));
      } else if (piece.kind() == '{') {
        statements.add(new Output(piece.line(), whole(piece, piece.text())));
      } else if (word(piece).startsWith("end") || word(piece).startsWith("el")) {
        return List.copyOf(statements);
      } else {
        statements.add(tag(piece));
        continue;
      }
      at++;
    }
    return List.copyOf(statements);
  }

  private Statement tag(Piece piece) {
    at++;
    return switch (word(piece)) {
      case "if" -> condition(piece);
      case "for" -> loop(piece);
      case "set" -> assignment(piece);
      case "macro" -> macro(piece);
      case "call" -> call(piece);
      case "generation" -> new Generation(inner(piece));
      case "break" -> Statements.leaveLoop();
      default -> Statements.nextTurn();
    };
  }

  /** What stands between a tag and the one that ends it. */
  private List<Statement> block(Piece begin) {
    List<Statement> body = part(begin);
    end(begin);
    return body;
  }

  private List<Statement> part(Piece begin) {
    depth++;
    if (depth > DEEPEST) {
      throw new Stop(Stop.Kind.ENDLESS, begin.line(), "it nests too deeply");
    }
    List<Statement> body = statements();
    depth--;
    return body;
  }

  private void end(Piece begin) {
    String wanted = "end" + word(begin);
    Piece piece = at < pieces.size() ? pieces.get(at) : null;
    if (piece == null) {
      throw new Stop(Stop.Kind.WRONG, begin.line(), "Missing end tag: " + wanted);
    }
    if (!word(piece).equals(wanted)) {
      throw new Stop(
          Stop.Kind.WRONG,
          piece.line(),
          "{%% %s %%} where {%% %s %%} is expected".formatted(word(piece), wanted));
    }
    at++;
  }

  private Statement condition(Piece begin) {
    List<Branch> branches = new ArrayList<>();
    Set<String> before = names.mark();
    Set<String> inEvery = null;
    Piece head = begin;
    while (head != null) {
      boolean last = word(head).equals("else");
      Expression condition = last ? r -> true : whole(head, rest(head));
      branches.add(new Branch(head.line(), condition, part(begin)));
      inEvery = inEvery == null ? new HashSet<>(names.mark()) : inEvery;
      inEvery.retainAll(names.mark());
      names.back(before);
      head = last ? null : divider("elif", "else");
      if (last) {
        inEvery.forEach(names::set);
      }
    }
    end(begin);
    return new Condition(List.copyOf(branches));
  }

  /** The next tag, if it is one of these. */
  private @Nullable Piece divider(String... words) {
    if (at == pieces.size() || !Set.of(words).contains(word(pieces.get(at)))) {
      return null;
    }
    return pieces.get(at++);
  }

  private Statement loop(Piece begin) {
    record Head(Target target, Expression sequence, @Nullable Expression condition) {}
    int scopes = names.depth();
    Head head =
        read(
            begin,
            parser -> {
              Target target = parser.target();
              parser.expect("in");
              Expression sequence = parser.sequence();
              names.enter(target.variables());
              names.set("loop");
              Expression condition = parser.take("if") ? parser.expression() : null;
              return new Head(target, sequence, condition);
            },
            failing -> new Head(new Target(List.of("_")), failing, null));
    if (names.depth() == scopes) {
      names.enter(List.of()); // the head was not understood
    }
    List<Statement> body = part(begin);
    names.leave();
    List<Statement> otherwise = divider("else") == null ? List.of() : part(begin);
    end(begin);
    return new Loop(
        begin.line(), head.target(), head.sequence(), head.condition(), body, otherwise);
  }

  private Statement assignment(Piece begin) {
    record Head(Target target, @Nullable Expression value) {}
    Head head =
        read(
            begin,
            parser -> {
              Target target = parser.target();
              return new Head(target, parser.take("=") ? parser.tuple() : null);
            },
            failing -> new Head(new Target(List.of("_")), failing));
    Statement statement =
        head.value() == null
            ? new Capture(begin.line(), head.target(), inner(begin))
            : new Assignment(begin.line(), head.target(), head.value());
    head.target().variables().forEach(names::set);
    return statement;
  }

  /** A block in which what is set is not seen behind it. */
  private List<Statement> inner(Piece begin) {
    names.enter(List.of());
    List<Statement> body = block(begin);
    names.leave();
    return body;
  }

  private Statement macro(Piece begin) {
    record Head(String name, List<Macro.Parameter> parameters) {}
    Head head =
        read(
            begin,
            parser -> {
              String name = parser.name();
              names.set(name);
              parser.expect("(");
              return new Head(name, parameters(parser));
            },
            null);
    names.set(CALLER);
    List<Statement> body = block(begin);
    boolean calls = names.leave().contains(CALLER);
    return new Definition(head.name(), head.parameters(), body, calls);
  }

  /** Parameters up to the closing bracket; they have values from here on. */
  private List<Macro.Parameter> parameters(ExpressionParser parser) {
    List<Macro.Parameter> parameters = new ArrayList<>();
    names.enter(List.of());
    while (!parser.take(")")) {
      String parameter = parser.name();
      Expression otherwise = parser.take("=") ? parser.expression() : null;
      names.set(parameter);
      parameters.add(new Macro.Parameter(parameter, otherwise));
      if (!parser.take(",")) {
        parser.expect(")");
        break;
      }
    }
    return List.copyOf(parameters);
  }

  private Statement call(Piece begin) {
    record Head(List<Macro.Parameter> parameters, ExpressionParser.Invocation called) {}
    Head head =
        read(
            begin,
            parser -> {
              if (parser.take("(")) {
                List<Macro.Parameter> parameters = parameters(parser);
                return new Head(parameters, parser.invocation());
              }
              names.enter(List.of());
              return new Head(List.of(), parser.invocation());
            },
            null);
    List<Statement> body = block(begin);
    names.leave();
    return new CallBlock(
        begin.line(), head.called().name(), head.called().arguments(), head.parameters(), body);
  }

  private Expression whole(Piece piece, String expression) {
    try {
      return new ExpressionParser(expression, own, names).whole();
    } catch (Stop e) {
      return failing(piece, e);
    }
  }

  /**
   * Reads what follows the word of a tag.
   *
   * @param otherwise makes what is not understood, of an expression that says so when it is
   *     reached; null to refuse it at once
   */
  private <T> T read(
      Piece piece,
      Function<ExpressionParser, T> head,
      @Nullable Function<Expression, T> otherwise) {
    try {
      ExpressionParser parser = new ExpressionParser(rest(piece), own, names);
      T value = head.apply(parser);
      parser.end();
      return value;
    } catch (Stop e) {
      if (otherwise == null) {
        throw new Stop(e.kind(), piece.line(), e.reason());
      }
      return otherwise.apply(failing(piece, e));
    }
  }

  private static Expression failing(Piece piece, Stop reason) {
    return rendering -> {
      throw new Stop(reason.kind(), piece.line(), reason.reason());
    };
  }

  /** The first word of a tag. */
  private static String word(Piece piece) {
    return piece.kind() == '%' ? piece.text().strip().split("\\W", 2)[0] : "";
  }

  private static String rest(Piece piece) {
    return piece.text().strip().substring(word(piece).length());
  }
}
