package io.lanpo.tokenizer;

import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes new word-level tokenizers and opens stored ones, those of Hugging Face included. */
@Component
public final class TokenizerFactory implements TokenizerService {
  @Override
  public Tokenizer ofWords(List<String> words) {
    return WordTokenizer.of(words);
  }

  @Override
  public Tokenizer open(Path checkpoint, SpecialTokens spelled) {
    TokenizerFiles files = TokenizerFiles.read(checkpoint);
    // words are told from special tokens by their ids, so there is nothing to choose
    return WordLevelFiles.isOurs(files) ? ofWords(files) : HubTokenizer.open(files, spelled);
  }

  private static Tokenizer ofWords(TokenizerFiles files) {
    try {
      return WordTokenizer.of(WordLevelFiles.read(files));
    } catch (IllegalArgumentException e) {
      throw files.malformed(String.valueOf(e.getMessage()));
    }
  }
}
