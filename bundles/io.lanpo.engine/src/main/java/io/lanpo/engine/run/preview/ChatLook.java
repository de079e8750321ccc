package io.lanpo.engine.run.preview;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.util.List;

/**
 * What the chat template of a model can do, found out by asking it.
 *
 * @param tokenizer the model's
 */
record ChatLook(Tokenizer tokenizer) {
  private static final Message USER = new Message(Message.Role.USER, "0");

  /** A word that no template writes by itself. */
  private static final String WORD = "zygomorphic";

  /** Whether there is a template that lays out a question. */
  boolean template() {
    return !laidOut(List.of(USER)).isEmpty();
  }

  /** Whether the model is shown what a system turn says. */
  boolean systemTurn() {
    return laidOut(List.of(new Message(Message.Role.SYSTEM, WORD), USER)).contains(WORD);
  }

  /** Whether the model may think aloud: the template has not ended that before it begins. */
  boolean thinks() {
    return tokenizer
        .thinking()
        .filter(marks -> !laidOut(List.of(USER)).stripTrailing().endsWith(marks.end()))
        .isPresent();
  }

  /** Empty where the template is missing or refuses such a chat. */
  private String laidOut(List<Message> chat) {
    try {
      return tokenizer.decode(tokenizer.encode(new Prompt.Chat(chat)));
    } catch (UserException e) {
      return "";
    }
  }
}
