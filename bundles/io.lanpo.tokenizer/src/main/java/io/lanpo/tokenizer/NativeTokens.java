package io.lanpo.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.djl.Djl;
import io.lanpo.libs.djl.DjlUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Map;

/**
 * A tokenizer in the native library. Its memory goes with this object, for a {@code Tokenizer} is
 * not closed. Several threads may use it: the library reads only.
 */
final class NativeTokens {
  private static final Cleaner CLEANER = Cleaner.create();

  /** Whole texts: DJL would cut them at 512 tokens and pad batches. */
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;

  private NativeTokens(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    CLEANER.register(this, tokenizer::close);
  }

  /**
   * Reads a {@code tokenizer.json}.
   *
   * @throws UserException when the library cannot be loaded or does not understand the file
   */
  static NativeTokens of(TokenizerFiles files, byte[] json) {
    try {
      Djl.tokenizers();
      return new NativeTokens(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
    } catch (DjlUnavailableException e) {
      throw new UserException(String.valueOf(e.getMessage()), e.nextStep(), e);
    } catch (IOException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw files.malformed(reason, e);
    }
  }

  /**
   * The tokens of a text; special tokens that are written out in it as the file calls them become
   * their ids.
   *
   * @param special whether to add what the post-processor adds, e.g. a begin-of-sequence token
   */
  int[] encode(String text, boolean special) {
    try {
      long[] ids = tokenizer.encode(text, special, false).getIds();
      return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The text of tokens, special ones left out, spaces as they are. */
  String decode(int[] tokens) {
    try {
      return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
