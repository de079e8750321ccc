package io.lanpo.libs.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * <code>{% for %}</code> with what Jinjava lacks: {@code if} behind the sequence, {@code else}, a
 * scope for every turn (a variable set in one turn is unknown in the next), neighbours of the
 * element.
 */
final class LoopTag extends ForTag {
  private static final long serialVersionUID = 1L;

  private static final Pattern HEAD = Pattern.compile("(?s)\\s*(.+?)\\s+in\\s+(.+)");

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    Rendering rendering = (Rendering) interpreter;
    Matcher head = HEAD.matcher(tag.getHelpers());
    if (!head.matches()) {
      throw new Stop(
          Stop.Kind.WRONG,
          tag.getLineNumber(),
          "{%% for %s %%} is not understood".formatted(tag.getHelpers().strip()));
    }
    List<String> names = List.of(head.group(1).replaceAll("[()\\s]", "").split(","));
    String rest = head.group(2);
    int at = conditionIn(rest);
    String sequence = at < 0 ? rest : rest.substring(0, at);
    Object value = rendering.resolveELExpression(sequence, tag.getLineNumber());
    List<@Nullable Object> elements = Values.elements(value, rendering.budget());
    if (at >= 0) {
      String condition = rest.substring(at).strip().substring("if".length());
      elements = filtered(elements, names, condition, tag, rendering);
    }
    return turns(elements, names, tag, rendering);
  }

  private static List<@Nullable Object> filtered(
      List<@Nullable Object> elements,
      List<String> names,
      String condition,
      TagNode tag,
      Rendering rendering) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object element : elements) {
      rendering.budget().step(1);
      try (JinjavaInterpreter.InterpreterScopeClosable scope = rendering.enterScope()) {
        assign(names, element, rendering);
        if (Values.isTrue(rendering.resolveELExpression(condition, tag.getLineNumber()))) {
          kept.add(element);
        }
      }
    }
    return kept;
  }

  private static String turns(
      List<@Nullable Object> elements, List<String> names, TagNode tag, Rendering rendering) {
    List<Node> body = new ArrayList<>();
    List<Node> otherwise = new ArrayList<>();
    List<Node> current = body;
    for (Node node : tag.getChildren()) {
      if (node instanceof TagNode branch && branch.getName().equals("else")) {
        current = otherwise;
      } else {
        current.add(node);
      }
    }
    StringBuilder text = new StringBuilder();
    if (elements.isEmpty()) {
      for (Node node : otherwise) {
        text.append(rendering.output(node));
      }
    }
    Turns loop = new Turns(elements);
    while (loop.hasNext()) {
      Object element = loop.next();
      rendering.budget().step(1);
      try (JinjavaInterpreter.InterpreterScopeClosable scope = rendering.enterScope()) {
        rendering.getContext().put(LOOP, loop);
        assign(names, element, rendering);
        for (Node node : body) {
          text.append(rendering.output(node));
          if (loop.isContinued()) {
            break;
          }
        }
      }
    }
    return text.toString();
  }

  private static void assign(List<String> names, @Nullable Object element, Rendering rendering) {
    if (names.size() == 1) {
      put(names.get(0), element, rendering);
      return;
    }
    List<@Nullable Object> parts = Values.elements(element, rendering.budget());
    if (parts.size() != names.size()) {
      throw Stop.wrong("%d values for the variables %s", parts.size(), names);
    }
    for (int i = 0; i < parts.size(); i++) {
      put(names.get(i), parts.get(i), rendering);
    }
  }

  private static void put(String name, @Nullable Object value, Rendering rendering) {
    rendering.getContext().put(name, value == null ? Rendering.Undefined.INSTANCE : value);
  }

  /** Where the {@code if} behind a sequence begins, or -1. */
  private static int conditionIn(String text) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (depth == 0
          && i + 3 < text.length()
          && Character.isWhitespace(c)
          && text.startsWith("if", i + 1)
          && Character.isWhitespace(text.charAt(i + 3))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the innermost loop was left by {@code break} or {@code continue}. */
  static boolean isCut(JinjavaInterpreter interpreter) {
    return interpreter.getContext().get(LOOP) instanceof ForLoop loop && loop.isContinued();
  }

  /** The variable {@code loop}. */
  static final class Turns extends ForLoop {
    private final List<@Nullable Object> elements;

    Turns(List<@Nullable Object> elements) {
      super(elements.iterator(), elements.size());
      this.elements = elements;
    }

    @Nullable Object attribute(String name) {
      int at = getIndex0();
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
  }
}
