package io.lanpo.shell.command.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.shell.terminal.Keyboard;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskedQuestionsTest {
  private final List<String> said = new ArrayList<>();

  private AskedQuestions typed(String keys) {
    return new AskedQuestions(
        Keyboard.of(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8))),
        false,
        said::add);
  }

  private static String choose(AskedQuestions questions) {
    return questions.choose("--task", "Which task?", List.of("math", "qa"));
  }

  @Test
  void aWrongAnswerIsAskedAgain() {
    AskedQuestions questions = typed("poetry\nqa\n");
    assertEquals("qa", choose(questions));
    assertTrue(said.get(0).contains("Which task? (math, qa) [math]"), said.toString());
    assertTrue(said.get(1).contains("poetry"), said.toString());
    assertEquals(List.of("--task qa"), questions.settled());
  }

  @Test
  void returnAloneTakesTheUsualAnswer() {
    assertEquals("math", choose(typed("\n")));
  }

  @Test
  void yesAsksNothing() {
    assertEquals("math", choose(new AskedQuestions(Keyboard.NONE, true, said::add)));
    assertEquals(List.of(), said);
  }

  @Test
  void whereNobodyIsTheOptionIsNamed() {
    UserException refusal =
        assertThrows(
            UserException.class, () -> choose(new AskedQuestions(Keyboard.NONE, false, said::add)));
    assertTrue(refusal.nextStep().contains("--task"), refusal.nextStep());
    assertTrue(refusal.nextStep().contains("--yes"), refusal.nextStep());
  }

  @Test
  void anEndOfInputIsNoAnswer() {
    assertThrows(UserException.class, () -> choose(typed("")));
  }
}
