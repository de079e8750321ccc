package io.lanpo.libs.jinja.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression that has been read. */
@FunctionalInterface
public interface Expression {
  /** Computes the value; use {@link #value}, which counts. */
  @Nullable Object compute(Rendering rendering);

  /** The value; null when it is undefined. */
  default @Nullable Object value(Rendering rendering) {
    rendering.budget().step(1);
    return compute(rendering);
  }

  /** The values of several. */
  static List<@Nullable Object> values(List<Expression> expressions, Rendering rendering) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(expression.value(rendering));
    }
    return values;
  }
}
