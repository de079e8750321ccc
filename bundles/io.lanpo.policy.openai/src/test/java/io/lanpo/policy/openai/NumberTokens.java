package io.lanpo.policy.openai;

import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A tokenizer whose text is the tokens' numbers; all that a policy needs of one. */
record NumberTokens(int vocabularySize) implements Tokenizer {
  static final int END = 2;

  @Override
  public int[] encode(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  @Override
  public int[] encode(Prompt prompt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String decode(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  @Override
  public int endToken() {
    return END;
  }

  @Override
  public void save(Path folder) {
    try {
      Files.writeString(folder.resolve("tokenizer.json"), "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens one for every folder. */
  static TokenizerService service(int vocabularySize) {
    return new TokenizerService() {
      @Override
      public Tokenizer ofWords(List<String> words) {
        return new NumberTokens(3 + words.size());
      }

      @Override
      public Tokenizer open(Path checkpoint, TokenizerService.Options options) {
        return new NumberTokens(vocabularySize);
      }
    };
  }
}
