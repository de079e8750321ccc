package io.lanpo.libs.jinja;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.tree.Node;
import org.jspecify.annotations.Nullable;

/** One rendering of a template. The first thing that Jinjava finds wrong ends it. */
final class Rendering extends JinjavaInterpreter {
  private final Budget budget = new Budget();

  Rendering(Jinjava jinjava, Context context, JinjavaConfig config) {
    super(jinjava, context, config);
  }

  Budget budget() {
    return budget;
  }

  /** The value of a variable; null when it is undefined. */
  @Nullable Object variable(String name) {
    Object value = getContext().get(name);
    return value == Undefined.INSTANCE ? null : value;
  }

  /** What <code>{{ … }}</code> prints. */
  @Override
  public String getAsString(@Nullable Object value) {
    String text = Texts.of(value, budget);
    budget.write(text.length());
    return text;
  }

  /** What a node prints, counted: what stands in loops and macros may print again and again. */
  String output(Node node) {
    String text = node.render(this).getValue();
    budget.write(text.length());
    return text;
  }

  @Override
  public void addError(TemplateError error) {
    throw new Stop(
        Stop.Kind.WRONG, Math.max(error.getLineno(), getLineNumber()), error.getMessage());
  }

  /** Stands for a parameter that was left out: Jinjava would look for null further out. */
  enum Undefined {
    INSTANCE
  }
}
