package io.lanpo.shell.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.PolicyBackend.ModelFacts;
import io.lanpo.api.preview.Lengths;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.TaskPreview;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLimitsTest {
  private static ModelPreview model(int context, boolean thinking) {
    return new ModelPreview(
        new ModelFacts("qwen2", 500_000_000, context, "bf16"), 1000, true, true, thinking);
  }

  private static TaskPreview task(Lengths solutions) {
    return new TaskPreview(90, 10, 0, List.of(), 0, 0, "", new Lengths(100, 150, 200), solutions);
  }

  @Test
  void theRecipesNumbersStayWhereTheDataHasNoSolutions() {
    TokenLimits limits = TokenLimits.of(1024, 1536, model(32768, false), task(Lengths.NONE));
    assertEquals(1024, limits.answer());
    assertEquals(1536, limits.review());
    assertEquals(512, limits.expected(Lengths.NONE));
  }

  @Test
  void aRecipeMayWantShortAnswers() {
    assertEquals(16, TokenLimits.of(16, 24, model(32768, false), task(Lengths.NONE)).answer());
  }

  @Test
  void solutionsOfTheDataSayHowLongAnAnswerMayBecome() {
    Lengths solutions = new Lengths(100, 240, 400);
    TokenLimits limits = TokenLimits.of(1024, 1536, model(32768, false), task(solutions));
    assertEquals(512, limits.answer()); // 480, in whole pieces of 64
    assertEquals(768, limits.review());
    assertEquals(150, limits.expected(solutions));
  }

  @Test
  void thinkingAloudTakesMore() {
    TokenLimits limits = TokenLimits.of(384, 768, model(32768, true), task(Lengths.NONE));
    assertEquals(4096, limits.answer());
  }

  @Test
  void aShortContextLeavesLess() {
    TokenLimits limits = TokenLimits.of(1024, 1536, model(2048, false), task(Lengths.NONE));
    assertTrue(200 + limits.answer() + limits.review() < 2048, limits.toString());
    assertTrue(limits.reason().contains("2,048"), limits.reason());
    assertThrows(
        UserException.class,
        () -> TokenLimits.of(1024, 1536, model(300, false), task(Lengths.NONE)));
  }
}
