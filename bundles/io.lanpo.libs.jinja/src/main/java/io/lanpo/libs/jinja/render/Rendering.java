package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Budget;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One rendering of a template: its variables, what it may still use, and where it is. */
public final class Rendering {
  private final Budget budget = new Budget();
  private Scope scope = new Scope(null);
  private int line;

  /**
   * @param variables of the template
   */
  public Rendering(Map<String, ?> variables) {
    variables.forEach(scope::set);
  }

  /** What is used and may be used. */
  public Budget budget() {
    return budget;
  }

  /** The line of the template that is rendered, from 1; 0 before the first. */
  public int line() {
    return line;
  }

  void at(int place) {
    line = place;
  }

  /** The value of a variable; null when it is undefined. */
  public @Nullable Object variable(String name) {
    return scope.get(name);
  }

  void set(String name, @Nullable Object value) {
    scope.set(name, value);
  }

  Scope scope() {
    return scope;
  }

  /** Does work with the variables of another scope. */
  <T> T within(Scope inner, Supplier<T> work) {
    Scope before = scope;
    scope = inner;
    try {
      return work.get();
    } finally {
      scope = before;
    }
  }
}
