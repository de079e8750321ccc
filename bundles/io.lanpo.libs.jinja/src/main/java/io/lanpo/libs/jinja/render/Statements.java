package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Namespace;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Texts;
import io.lanpo.libs.jinja.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of a chat template, but for its loops. */
public final class Statements {
  private Statements() {}

  /** Text as it stands. */
  public record Text(String text) implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      rendering.budget().write(text.length());
      out.append(text);
      return Flow.ON;
    }
  }

  /** <code>{{ … }}</code>. */
  public record Output(int line, Expression value) implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      rendering.at(line);
      return new Text(Texts.of(value.value(rendering), rendering.budget())).render(rendering, out);
    }
  }

  /**
   * A branch of a condition.
   *
   * @param condition true for {@code else}
   */
  public record Branch(int line, Expression condition, List<Statement> body) {}

  /** <code>{% if %}</code>. */
  public record Condition(List<Branch> branches) implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      for (Branch branch : branches) {
        rendering.at(branch.line());
        if (Values.isTrue(branch.condition().value(rendering))) {
          return Statement.all(branch.body(), rendering, out);
        }
      }
      return Flow.ON;
    }
  }

  /**
   * What {@code set} and {@code for} give values to.
   *
   * @param names of variables, or {@code namespace.attribute}; more than one take a list apart
   */
  public record Target(List<String> names) {
    /** The variables among them. */
    public List<String> variables() {
      return names.stream().filter(name -> name.indexOf('.') < 0).toList();
    }

    void assign(@Nullable Object value, Rendering rendering) {
      if (names.size() == 1) {
        set(names.get(0), value, rendering);
        return;
      }
      List<@Nullable Object> parts = Values.elements(value, rendering.budget());
      if (parts.size() != names.size()) {
        throw Stop.wrong("%d values for the variables %s", parts.size(), names);
      }
      for (int i = 0; i < parts.size(); i++) {
        set(names.get(i), parts.get(i), rendering);
      }
    }

    private static void set(String name, @Nullable Object value, Rendering rendering) {
      int dot = name.indexOf('.');
      if (dot < 0) {
        rendering.set(name, value);
      } else if (rendering.variable(name.substring(0, dot)) instanceof Namespace namespace) {
        namespace.set(name.substring(dot + 1), value);
      } else {
        throw Stop.wrong("'%s' is not a namespace", name.substring(0, dot));
      }
    }
  }

  /** <code>{% set x = … %}</code>. */
  public record Assignment(int line, Target target, Expression value) implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      rendering.at(line);
      target.assign(value.value(rendering), rendering);
      return Flow.ON;
    }
  }

  /** <code>{% set x %}…{% endset %}</code>. */
  public record Capture(int line, Target target, List<Statement> body) implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      rendering.at(line);
      String text =
          rendering.within(new Scope(rendering.scope()), () -> Statement.text(body, rendering));
      target.assign(text, rendering);
      return Flow.ON;
    }
  }

  /** <code>{% generation %}</code> of transformers: marks what the assistant says. */
  public record Generation(List<Statement> body) implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      return rendering.within(
          new Scope(rendering.scope()), () -> Statement.all(body, rendering, out));
    }
  }

  /** <code>{% macro %}</code>. */
  public record Definition(
      String name, List<Macro.Parameter> parameters, List<Statement> body, boolean calls)
      implements Statement {
    @Override
    public Flow render(Rendering rendering, StringBuilder out) {
      rendering.set(name, new Macro(name, parameters, body, calls, rendering.scope()));
      return Flow.ON;
    }
  }

  /** <code>{% break %}</code>. */
  public static Statement leaveLoop() {
    return (rendering, out) -> Flow.BREAK;
  }

  /** <code>{% continue %}</code>. */
  public static Statement nextTurn() {
    return (rendering, out) -> Flow.CONTINUE;
  }
}
