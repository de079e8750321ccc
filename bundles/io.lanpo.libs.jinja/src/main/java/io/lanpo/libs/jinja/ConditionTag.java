package io.lanpo.libs.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;

/**
 * <code>{% if %}</code> by Python's truth: Jinjava takes the text {@code false} for false, which a
 * user may well say. What stands after a {@code break} is not printed.
 */
final class ConditionTag extends IfTag {
  private static final long serialVersionUID = 1L;

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    StringBuilder text = new StringBuilder();
    boolean taken = isPositiveIfElseNode(tag, interpreter);
    boolean done = taken;
    for (Node node : tag.getChildren()) {
      if (node instanceof TagNode branch && branch.getName().equals("elif")) {
        taken = !done && isPositiveIfElseNode(branch, interpreter);
        done |= taken;
      } else if (node instanceof TagNode branch && branch.getName().equals("else")) {
        taken = !done;
        done = true;
      } else if (taken) {
        text.append(node.render(interpreter).getValue());
        if (LoopTag.isCut(interpreter)) {
          break;
        }
      }
    }
    return text.toString();
  }

  @Override
  public boolean isPositiveIfElseNode(TagNode tag, JinjavaInterpreter interpreter) {
    if (tag.getHelpers().isBlank()) {
      throw new Stop(Stop.Kind.WRONG, tag.getLineNumber(), "{% if %} has no condition");
    }
    return Values.isTrue(interpreter.resolveELExpression(tag.getHelpers(), tag.getLineNumber()));
  }
}
