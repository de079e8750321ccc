package io.lanpo.libs.jinja.render;

import io.lanpo.libs.jinja.render.Statements.Target;
import io.lanpo.libs.jinja.value.Attributes;
import io.lanpo.libs.jinja.value.Stop;
import io.lanpo.libs.jinja.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * <code>{% for %}</code>. Every turn has a scope: a variable set in one turn is unknown in the
 * next.
 *
 * @param condition of {@code if} behind the sequence; null for all elements
 * @param otherwise what is rendered when there is no element
 */
public record Loop(
    int line,
    Target target,
    Expression sequence,
    @Nullable Expression condition,
    List<Statement> body,
    List<Statement> otherwise)
    implements Statement {

  @Override
  public Flow render(Rendering rendering, StringBuilder out) {
    rendering.at(line);
    List<@Nullable Object> elements =
        Values.elements(sequence.value(rendering), rendering.budget());
    if (condition != null) {
      elements = filtered(elements, condition, rendering);
    }
    Flow flow = Flow.ON;
    boolean whole = false;
    for (int i = 0; i < elements.size() && flow != Flow.BREAK; i++) {
      Turn turn = new Turn(elements, i);
      flow =
          turn(
              turn.element(),
              rendering,
              () -> {
                rendering.set("loop", turn);
                return Statement.all(body, rendering, out);
              });
      whole |= flow == Flow.ON;
    }
    // as in Jinja, turns that were all left by break or continue are none
    return whole ? Flow.ON : Statement.all(otherwise, rendering, out);
  }

  private List<@Nullable Object> filtered(
      List<@Nullable Object> elements, Expression kept, Rendering rendering) {
    List<@Nullable Object> found = new ArrayList<>();
    for (Object element : elements) {
      if (turn(element, rendering, () -> Values.isTrue(kept.value(rendering)))) {
        found.add(element);
      }
    }
    return found;
  }

  private <T> T turn(@Nullable Object element, Rendering rendering, Supplier<T> work) {
    rendering.budget().step(1);
    return rendering.within(
        new Scope(rendering.scope()),
        () -> {
          target.assign(element, rendering);
          return work.get();
        });
  }

  /** The variable {@code loop} in a turn. */
  private record Turn(List<@Nullable Object> elements, int at) implements Attributes {
    @Nullable Object element() {
      return elements.get(at);
    }

    @Override
    public @Nullable Object attribute(String name) {
      int size = elements.size();
      return switch (name) {
        case "index" -> (long) at + 1;
        case "index0" -> (long) at;
        case "revindex" -> (long) size - at;
        case "revindex0" -> (long) size - at - 1;
        case "first" -> at == 0;
        case "last" -> at == size - 1;
        case "length" -> (long) size;
        case "previtem" -> at == 0 ? null : elements.get(at - 1);
        case "nextitem" -> at == size - 1 ? null : elements.get(at + 1);
        default -> throw Stop.wrong("loop.%s is not supported", name);
      };
    }

    @Override
    public String toString() {
      return "<LoopContext %d/%d>".formatted(at + 1, elements.size());
    }
  }
}
