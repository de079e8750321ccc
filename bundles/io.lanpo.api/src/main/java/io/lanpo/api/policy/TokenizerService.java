package io.lanpo.api.policy;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Makes tokenizers, for every policy backend. */
@ProviderType
public interface TokenizerService {
  /**
   * A word-level tokenizer for a new model: words are separated by white space; padding, begin- and
   * end-of-sequence tokens have the ids 0, 1 and 2, the words follow in their order.
   */
  Tokenizer ofWords(List<String> words);

  /**
   * The tokenizer of a checkpoint folder. Text that spells a special token stays text.
   *
   * @throws io.lanpo.api.component.UserException when {@code tokenizer.json} is missing or of an
   *     unknown kind
   */
  default Tokenizer open(Path checkpoint) {
    return open(checkpoint, SpecialTokens.TEXT);
  }

  /**
   * The same.
   *
   * @param spelled what text that spells a special token becomes
   */
  Tokenizer open(Path checkpoint, SpecialTokens spelled);
}
