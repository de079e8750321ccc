package io.lanpo.libs.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;

/**
 * <code>{% generation %}</code> of transformers: marks what the assistant says, prints it as is.
 */
final class GenerationTag implements Tag {
  private static final long serialVersionUID = 1L;

  @Override
  public String getName() {
    return "generation";
  }

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    StringBuilder text = new StringBuilder();
    try (JinjavaInterpreter.InterpreterScopeClosable scope = interpreter.enterScope()) {
      for (Node node : tag.getChildren()) {
        text.append(node.render(interpreter).getValue());
        if (LoopTag.isCut(interpreter)) {
          break;
        }
      }
    }
    return text.toString();
  }
}
