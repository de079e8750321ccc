package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Stop;
import java.util.List;

/** A piece of a template: text, or a tag with what is in it. */
@FunctionalInterface
public interface Statement {
  /**
   * Renders it.
   *
   * @param out takes what it prints
   */
  Flow render(Rendering rendering, StringBuilder out);

  /** Renders several, up to one that leaves the loop. */
  static Flow all(List<Statement> statements, Rendering rendering, StringBuilder out) {
    for (Statement statement : statements) {
      Flow flow = statement.render(rendering, out);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  /** What several print that no loop is around. */
  static String text(List<Statement> statements, Rendering rendering) {
    StringBuilder text = new StringBuilder();
    if (all(statements, rendering, text) != Flow.ON) {
      throw Stop.wrong("break and continue belong into a loop");
    }
    return text.toString();
  }
}
