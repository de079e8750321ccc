package io.lanpo.tasks.jsonl;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a question is posed.
 *
 * @param format plain text or chat
 * @param template the prompt with <code>{{question}}</code>
 * @param system the system turn of a chat; none when empty
 */
record PromptLayout(Format format, String template, String system) {
  /** How a prompt is laid out. */
  enum Format {
    CHAT,
    PLAIN
  }

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w*)\\s*}}");

  PromptLayout {
    Matcher variables = VARIABLE.matcher(template);
    boolean asks = false;
    while (variables.find()) {
      asks = true;
      if (!variables.group(1).equals("question")) {
        throw new UserException(
            "task.prompt refers to the unknown variable " + variables.group(),
            "The only variable is {{question}}.");
      }
    }
    if (!asks) {
      throw new UserException(
          "task.prompt = %s does not refer to {{question}}".formatted(template),
          "Put {{question}} where the wording of the problem belongs.");
    }
  }

  /** Poses a question; its words are put in as they are. */
  Prompt pose(String question) {
    String text = VARIABLE.matcher(template).replaceAll(Matcher.quoteReplacement(question));
    if (format == Format.PLAIN) {
      return new Prompt.Plain(text);
    }
    List<Message> turns = new ArrayList<>();
    if (!system.isEmpty()) {
      turns.add(new Message(Message.Role.SYSTEM, system));
    }
    turns.add(new Message(Message.Role.USER, text));
    return new Prompt.Chat(turns);
  }
}
