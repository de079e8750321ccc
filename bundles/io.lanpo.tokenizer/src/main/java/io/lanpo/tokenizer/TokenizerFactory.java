package io.lanpo.tokenizer;

import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.libs.gguf.GgufFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Makes new word-level tokenizers and opens stored ones: ours, Hugging Face's, llama.cpp's. */
@Component
public final class TokenizerFactory implements TokenizerService {
  @Override
  public Tokenizer ofWords(List<String> words) {
    return WordTokenizer.of(words);
  }

  @Override
  public Tokenizer open(Path checkpoint, TokenizerService.Options options) {
    Optional<Path> converted = GgufFile.in(checkpoint);
    if (converted.isPresent()) {
      GgufTokenizer tokenizer = GgufTokenizer.read(converted.get());
      return HubTokenizer.open(tokenizer.tokenizer(), tokenizer.files(), options);
    }
    TokenizerFiles files = TokenizerFiles.read(checkpoint);
    return WordLevelFiles.isOurs(files)
        ? ofWords(files, new ChatVariables(options))
        : HubTokenizer.open(files, options);
  }

  /** Words are told from special tokens by their ids, and turns are joined: nothing to choose. */
  private static Tokenizer ofWords(TokenizerFiles files, ChatVariables variables) {
    variables.check(Set.of(), files.folder() + " (a model of words)");
    try {
      return WordTokenizer.of(WordLevelFiles.read(files));
    } catch (IllegalArgumentException e) {
      throw files.malformed(String.valueOf(e.getMessage()));
    }
  }
}
