package io.lanpo.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.engine.fixture.CharacterTokenizer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTest {
  private static Written written(
      Optional<Tokenizer.Thinking> thinking, String prompt, String text) {
    Tokenizer tokenizer = new CharacterTokenizer("", thinking);
    int[] tokens = tokenizer.encode(text);
    return Written.of(
        tokenizer,
        tokenizer.encode(prompt),
        new Completion(tokens, new float[tokens.length], true));
  }

  @ParameterizedTest
  @CsvSource({
    "what?, <t>2?</t>4, 4, false",
    "what?, 4, 4, false",
    "what?, <t>2? 4, '', true",
    "what?<t>, 2?</t>4, 4, false",
    "what?<t>, 2? 4, '', true",
    "what?<t></t>, 4, 4, false",
    "<t>what was that?, 4, 4, false",
  })
  void theAnswerStandsBehindTheThinking(
      String prompt, String text, String answer, boolean endless) {
    Written written = written(Optional.of(new Tokenizer.Thinking("<t>", "</t>")), prompt, text);
    assertEquals(new Written(text, answer, endless), written);
  }

  @Test
  void withoutMarksAllIsTheAnswer() {
    assertEquals(Written.plain("<t>2? 4"), written(Optional.empty(), "what?<t>", "<t>2? 4"));
  }
}
