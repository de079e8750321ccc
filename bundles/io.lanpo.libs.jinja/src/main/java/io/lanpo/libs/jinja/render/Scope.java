package io.lanpo.libs.jinja.render;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables of a template, a turn of a loop or a call of a macro. */
public final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  /**
   * @param outer where a variable is looked for that is not here; null for none
   */
  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** The value of a variable; null when it is undefined, also when it was set to be. */
  @Nullable Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.values.containsKey(name)) {
        return scope.values.get(name);
      }
    }
    return null;
  }

  void set(String name, @Nullable Object value) {
    values.put(name, value);
  }
}
