package io.lanpo.libs.jinja.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} makes: the only value whose attributes a template can set. */
public final class Namespace implements Attributes {
  private final Map<String, @Nullable Object> values;

  /**
   * @param values its first attributes
   */
  public Namespace(Map<String, @Nullable Object> values) {
    this.values = new HashMap<>(values);
  }

  /** Sets an attribute. */
  public void set(String name, @Nullable Object value) {
    values.put(name, value);
  }

  @Override
  public @Nullable Object attribute(String name) {
    return values.get(name);
  }

  @Override
  public String toString() {
    return "<Namespace>";
  }
}
