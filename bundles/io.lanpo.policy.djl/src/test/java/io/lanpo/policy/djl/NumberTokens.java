package io.lanpo.policy.djl;

import io.lanpo.api.component.UserException;
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
  private static final String FILE = "tokenizer.json";

  @Override
  public int[] encode(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
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
    return 2;
  }

  @Override
  public void save(Path folder) {
    try {
      Files.writeString(folder.resolve(FILE), Integer.toString(vocabularySize));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens what {@link #save} wrote. */
  static final class Service implements TokenizerService {
    @Override
    public Tokenizer ofWords(List<String> words) {
      return new NumberTokens(3 + words.size());
    }

    @Override
    public Tokenizer open(Path checkpoint) {
      try {
        return new NumberTokens(Integer.parseInt(Files.readString(checkpoint.resolve(FILE))));
      } catch (IOException e) {
        throw new UserException(checkpoint.resolve(FILE) + " is missing", "", e);
      }
    }
  }
}
