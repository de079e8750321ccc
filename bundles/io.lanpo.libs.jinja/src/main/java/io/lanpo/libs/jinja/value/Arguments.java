package io.lanpo.libs.jinja.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function, method, filter or test is called with.
 *
 * @param positional by position
 * @param named by name
 */
public record Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /**
   * The arguments in the order of the parameters; null for one that was left out.
   *
   * @throws Stop when there are more, or named ones that are no parameters
   */
  public List<@Nullable Object> bind(String callee, String... parameters) {
    if (positional.size() > parameters.length) {
      throw Stop.wrong("%s takes at most %d arguments", callee, parameters.length);
    }
    Map<String, @Nullable Object> left = new LinkedHashMap<>(named);
    List<@Nullable Object> bound = new ArrayList<>(positional);
    for (int i = positional.size(); i < parameters.length; i++) {
      bound.add(left.remove(parameters[i]));
    }
    if (!left.isEmpty()) {
      throw Stop.wrong("%s does not support the arguments %s", callee, left.keySet());
    }
    return bound;
  }

  /** The text of the only argument. */
  public String text(String callee) {
    return Values.text(bind(callee, "value").get(0), callee);
  }
}
