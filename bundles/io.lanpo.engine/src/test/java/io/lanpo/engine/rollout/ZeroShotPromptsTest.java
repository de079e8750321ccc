package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
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

  /** A strategy that compares attempts still does. */
  @Test
  void aComparisonStaysOne() {
    Prompt.Chat shown = new Prompt.Chat(List.of(SYSTEM, EXAMPLE, ANSWER, QUESTION));
    GroupAbstraction comparing =
        new GroupAbstraction() {
          @Override
          public Optional<Prompt> distil(List<JudgedAttempt> group) {
            return Optional.of(shown);
          }

          @Override
          public Optional<String> lesson(String completion) {
            return Optional.of(completion);
          }

          @Override
          public Prompt apply(Question question, List<Lesson> lessons) {
            return shown;
          }
        };
    AbstractionStrategy bare = ZeroShotPrompts.bare(comparing);
    Prompt left = new Prompt.Chat(List.of(SYSTEM, QUESTION));
    assertEquals(
        Optional.of(left),
        assertInstanceOf(GroupAbstraction.class, bare).distil(List.<JudgedAttempt>of()));
    assertEquals(left, bare.apply(new Question("q", "q"), List.of()));
    assertEquals(Optional.of("lesson"), bare.lesson("lesson"));
  }

  @Test
  void plainTextStays() {
    Prompt text = new Prompt.Plain("2 + 3 =");
    assertEquals(text, ZeroShotPrompts.strip(text));
  }
}
