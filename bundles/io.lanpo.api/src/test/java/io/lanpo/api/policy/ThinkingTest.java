package io.lanpo.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingTest {
  private static final Tokenizer.Thinking MARKS = new Tokenizer.Thinking("<think>", "</think>");
  private static final List<Setting<?>> DECLARED =
      List.of(
          SpecialTokens.SETTING, TokenizerService.Options.CHAT, TokenizerService.Options.THINKING);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      nullValues = "none",
      value = {
        "5|false|5",
        " 5 |false| 5 ",
        "<think>4?</think>5|false|5",
        "<think></think> 5|false| 5",
        "so <think>4?</think>5 or <think>6?</think>7|false|7",
        "<think>4? 5|false|none",
        "<think>4?</think>5<think>|false|none",
        "4?</think>5|true|5",
        "4? 5|true|none",
        "4?</think>5|false|5",
        "<think>|true|none",
      })
  void theAnswerStandsBehindTheThinking(String text, boolean begun, String answer) {
    assertEquals(Optional.ofNullable(answer), MARKS.answer(text, begun));
  }

  @Test
  void lineBreaksBehindTheThinkingAreNoneOfTheAnswer() {
    assertEquals(Optional.of("5\n"), MARKS.answer("<think>\n4?\n</think>\n\n5\n", false));
    assertEquals(Optional.of(""), MARKS.answer("<think>\n4?\n</think>\n", false));
    assertEquals(Optional.of("\n5"), MARKS.answer("\n5", false));
  }

  @Test
  void aPromptMayBeginIt() {
    assertTrue(MARKS.isBegunBy("…assistant\n<think>\n"));
    assertFalse(MARKS.isBegunBy("…assistant\n<think>\n\n</think>\n\n"));
    assertFalse(MARKS.isBegunBy("what does <think> mean?"));
  }

  private static TokenizerService.Options options(String thinking) {
    return TokenizerService.Options.of(
        Settings.of("file", DECLARED, Map.of("thinking", thinking)).under(""));
  }

  @Test
  void theMarksAreASetting() {
    assertEquals(TokenizerService.Options.DEFAULT, options("auto"));
    assertEquals(TokenizerService.Options.Marks.GIVEN, options("none").marks());
    assertEquals(Optional.empty(), options("none").thinking());
    assertEquals(
        Optional.of(new Tokenizer.Thinking("[T]", "[/T]")), options("[T]  [/T]").thinking());
    assertEquals(
        TokenizerService.Options.DEFAULT,
        TokenizerService.Options.of(Settings.defaults(List.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<think>", "a b c", "a a"})
  void whatIsNoMarksIsRefused(String written) {
    UserException e = assertThrows(UserException.class, () -> options(written));
    assertTrue(e.getMessage().startsWith("thinking = "), e.getMessage());
    assertTrue(e.getMessage().contains("it must be auto, none, or two"), e.getMessage());
  }
}
