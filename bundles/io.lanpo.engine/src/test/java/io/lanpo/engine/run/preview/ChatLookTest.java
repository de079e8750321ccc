package io.lanpo.engine.run.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Tokenizer;
import io.lanpo.engine.fixture.CharacterTokenizer;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChatLookTest {
  @ParameterizedTest
  @CsvSource({
    "'Answer:', true, true",
    "'Answer: <think>', true, true",
    "'Answer: <think> </think> ', true, false",
    "'Answer:', false, false",
  })
  void theModelThinksUnlessItHasNoMarksOrTheTemplateEndsIt(
      String behind, boolean marks, boolean thinks) {
    Optional<Tokenizer.Thinking> declared =
        Optional.of(new Tokenizer.Thinking("<think>", "</think>")).filter(each -> marks);
    assertEquals(thinks, new ChatLook(new CharacterTokenizer(behind, declared)).thinks());
  }
}
