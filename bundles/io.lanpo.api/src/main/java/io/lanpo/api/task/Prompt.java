package io.lanpo.api.task;

import java.util.List;

/**
 * What a policy is asked to continue: plain text, or a chat that the tokenizer's template lays out.
 */
public sealed interface Prompt {
  /** The words of the prompt, for logs and reports. */
  String text();

  /**
   * Text that the policy continues as it stands.
   *
   * @param text the text; the tokenizer puts its begin-of-sequence token in front
   */
  record Plain(String text) implements Prompt {}

  /**
   * A chat; the policy writes the next turn of the assistant.
   *
   * @param messages the turns, oldest first, at least one
   */
  record Chat(List<Message> messages) implements Prompt {
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a chat has at least one message");
      }
    }

    @Override
    public String text() {
      StringBuilder all = new StringBuilder();
      for (Message message : messages) {
        all.append(all.isEmpty() ? "" : "\n")
            .append(message.role())
            .append(": ")
            .append(message.text());
      }
      return all.toString();
    }
  }
}
