package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.value.Arguments;
import io.lanpo.libs.jinja.value.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * <code>{% call %}</code>: calls a macro, which prints what stands in the block where it calls
 * {@code caller()}.
 *
 * @param name of the macro
 * @param arguments evaluates what it is called with
 * @param parameters of the block
 */
public record CallBlock(
    int line,
    String name,
    Function<Rendering, Arguments> arguments,
    List<Macro.Parameter> parameters,
    List<Statement> body)
    implements Statement {

  @Override
  public Flow render(Rendering rendering, StringBuilder out) {
    rendering.at(line);
    Arguments given = arguments.apply(rendering);
    Map<String, @Nullable Object> named = new HashMap<>(given.named());
    // what the block sees is what is seen where it stands
    named.put(Macro.CALLER, new Macro(Macro.CALLER, parameters, body, false, rendering.scope()));
    Object printed = Functions.call(name, new Arguments(given.positional(), named), rendering);
    return new Statements.Text(Texts.of(printed, rendering.budget())).render(rendering, out);
  }
}
