package io.lanpo.libs.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstRightValue;
import jinjava.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/** A node of a parsed expression, as Jinjava's expression trees want it. */
final class Expression extends AstRightValue {
  /** Computes the value of an expression. */
  @FunctionalInterface
  interface Rule {
    @Nullable Object value(Rendering rendering);
  }

  private final Rule rule;

  Expression(Rule rule) {
    this.rule = rule;
  }

  /** The value; null when it is undefined. */
  @Nullable Object value(Rendering rendering) {
    rendering.budget().step(1);
    return rule.value(rendering);
  }

  @Override
  @SuppressWarnings("NullAway") // null is how Jinjava says undefined
  public Object eval(Bindings bindings, ELContext context) {
    return value((Rendering) JinjavaInterpreter.getCurrent());
  }

  @Override
  public void appendStructure(StringBuilder text, Bindings bindings) {
    text.append("expression");
  }

  @Override
  public int getCardinality() {
    return 0;
  }

  @Override
  public AstNode getChild(int index) {
    throw new IndexOutOfBoundsException(index);
  }
}
