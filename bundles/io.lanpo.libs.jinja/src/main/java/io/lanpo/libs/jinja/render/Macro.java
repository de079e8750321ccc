package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Stop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A macro. It sees the variables of where it was defined, not those of who calls it.
 *
 * @param calls whether its body names {@code caller}, what stands in the block that calls it
 * @param scope where it was defined
 */
public record Macro(
    String name, List<Parameter> parameters, List<Statement> body, boolean calls, Scope scope) {
  static final String CALLER = "caller";

  /**
   * A parameter.
   *
   * @param otherwise its value when it is left out; null for undefined
   */
  public record Parameter(String name, @Nullable Expression otherwise) {}

  /** What the macro prints. */
  String call(Arguments arguments, Rendering rendering) {
    List<@Nullable Object> given = arguments.positional();
    if (given.size() > parameters.size()) {
      throw Stop.wrong("the macro %s takes %d arguments", name, parameters.size());
    }
    for (String named : arguments.named().keySet()) {
      if (parameters.stream().noneMatch(p -> p.name().equals(named))
          && !(calls && named.equals(CALLER))) {
        throw Stop.wrong("the macro %s has no parameter '%s'", name, named);
      }
    }
    int line = rendering.line();
    rendering.budget().enter();
    String text =
        rendering.within(
            new Scope(scope),
            () -> {
              bind(arguments, rendering);
              return Statement.text(body, rendering);
            });
    rendering.budget().leave();
    rendering.at(line);
    return text;
  }

  private void bind(Arguments arguments, Rendering rendering) {
    List<@Nullable Object> given = arguments.positional();
    if (calls) {
      rendering.set(CALLER, arguments.named().get(CALLER));
    }
    // what a default names is a parameter before it, never a variable of another place
    parameters.forEach(parameter -> rendering.set(parameter.name(), null));
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Expression otherwise = parameter.otherwise();
      Object value = null;
      if (i < given.size()) {
        value = given.get(i);
      } else if (arguments.named().containsKey(parameter.name())) {
        value = arguments.named().get(parameter.name());
      } else if (otherwise != null) {
        value = otherwise.value(rendering);
      }
      rendering.set(parameter.name(), value);
    }
  }

  @Override
  public String toString() {
    return "<Macro '%s'>".formatted(name);
  }
}
