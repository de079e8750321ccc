package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroShotPromptsTest {
  private static final Message SYSTEM = new Message(Message.Role.SYSTEM, "Be brief.");
  private static final Message EXAMPLE = new Message(Message.Role.USER, "1 + 1?");
  private static final Message ANSWER = new Message(Message.Role.ASSISTANT, "2");
  private static final Message QUESTION = new Message(Message.Role.USER, "2 + 3?");

  @Test
  void theLastTurnAndTheSystemStay() {
    assertEquals(
        new Prompt.Chat(List.of(SYSTEM, QUESTION)),
        ZeroShotPrompts.strip(new Prompt.Chat(List.of(SYSTEM, EXAMPLE, ANSWER, QUESTION))));
  }

  @Test
  void aChatWithoutExamplesStays() {
    Prompt chat = new Prompt.Chat(List.of(SYSTEM, QUESTION));
    assertEquals(chat, ZeroShotPrompts.strip(chat));
  }

  @Test
  void plainTextStays() {
    Prompt text = new Prompt.Plain("2 + 3 =");
    assertEquals(text, ZeroShotPrompts.strip(text));
  }
}
