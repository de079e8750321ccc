package io.lanpo.tokenizer;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes new word-level tokenizers and opens stored ones. */
@Component
public final class TokenizerFactory implements TokenizerService {
  @Override
  public Tokenizer ofWords(List<String> words) {
    return WordTokenizer.of(words);
  }

  @Override
  public Tokenizer open(Path checkpoint) {
    TokenizerFiles files = TokenizerFiles.read(checkpoint);
    return switch (files.modelType()) {
      case WordLevelFiles.TYPE -> WordLevelFiles.read(files);
      default ->
          throw new UserException(
              "%s: model type %s is not supported".formatted(files.path(), files.modelType()),
              "Supported: " + WordLevelFiles.TYPE + ".");
    };
  }
}
