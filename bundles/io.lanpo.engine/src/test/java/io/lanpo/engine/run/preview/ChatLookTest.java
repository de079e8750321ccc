package io.lanpo.engine.run.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
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
    assertEquals(thinks, new ChatLook(new Laid(behind, marks)).thinks());
  }

  /** A token is a character; a prompt has something behind the turns. */
  private record Laid(String behind, boolean marks) implements Tokenizer {
    @Override
    public Optional<Thinking> thinking() {
      return Optional.of(new Thinking("<think>", "</think>")).filter(each -> marks);
    }

    @Override
    public int[] encode(String text) {
      return text.chars().toArray();
    }

    @Override
    public int[] encode(Prompt prompt) {
      return encode(prompt.text() + behind);
    }

    @Override
    public String decode(int[] tokens) {
      return new String(tokens, 0, tokens.length);
    }

    @Override
    public int endToken() {
      return 0;
    }

    @Override
    public int vocabularySize() {
      return Character.MAX_CODE_POINT;
    }

    @Override
    public void save(Path folder) {}
  }
}
