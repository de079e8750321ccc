package io.lanpo.tasks.jsonl;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.libs.template.PromptTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Worked examples that are shown before every problem, posed like it: earlier turns of the chat, or
 * text in front. A small model learns from them how an answer looks better than from being told.
 *
 * @param pairs question and answer of each
 */
record Examples(List<Pair> pairs) {
  private static final String ARROW = "=>";

  /** A question with its worked answer. */
  record Pair(String question, String answer) {}

  /**
   * Reads {@code question => answer || question => answer}.
   *
   * @throws UserException when an example has no arrow, or nothing on one side of it
   */
  static Examples parse(String written) {
    return new Examples(
        Arrays.stream(written.split("\\|\\|"))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(Examples::pair)
            .toList());
  }

  private static Pair pair(String text) {
    int arrow = text.indexOf(ARROW);
    String question = arrow < 0 ? "" : text.substring(0, arrow).strip();
    String answer = arrow < 0 ? "" : text.substring(arrow + ARROW.length()).strip();
    if (question.isEmpty() || answer.isEmpty()) {
      throw new UserException(
          "task.examples: '%s' is not a question and an answer".formatted(text),
          "Write question => answer, and || between examples.");
    }
    return new Pair(question, answer);
  }

  /** A problem with the examples before it. */
  Prompt before(Prompt posed, PromptTemplate template) {
    if (pairs.isEmpty()) {
      return posed;
    }
    if (posed instanceof Prompt.Chat chat) {
      List<Message> turns = new ArrayList<>(chat.messages());
      int at = turns.size() - 1;
      for (Pair pair : pairs) {
        turns.add(at++, new Message(Message.Role.USER, last(filled(template, pair))));
        turns.add(at++, new Message(Message.Role.ASSISTANT, pair.answer()));
      }
      return new Prompt.Chat(turns);
    }
    StringBuilder text = new StringBuilder();
    for (Pair pair : pairs) {
      text.append(filled(template, pair).text()).append(' ').append(pair.answer()).append("\n\n");
    }
    return new Prompt.Plain(text + posed.text());
  }

  private static Prompt filled(PromptTemplate template, Pair pair) {
    return template.fill(Map.of("question", pair.question()));
  }

  private static String last(Prompt prompt) {
    return prompt instanceof Prompt.Chat chat
        ? chat.messages().get(chat.messages().size() - 1).text()
        : prompt.text();
  }
}
