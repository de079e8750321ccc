package io.lanpo.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonObject;
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
  private final TokenizerFiles files;

  private NativeTokens(HuggingFaceTokenizer tokenizer, TokenizerFiles files) {
    this.tokenizer = tokenizer;
    this.files = files;
    CLEANER.register(this, tokenizer::close);
  }

  /**
   * Reads a {@code tokenizer.json}.
   *
   * @param json its content, or what is to be read in its place
   * @throws UserException when the library cannot be loaded or does not understand the file
   */
  static NativeTokens of(TokenizerFiles files, JsonObject json) {
    byte[] text = NativeJson.of(files, json);
    try {
      Djl.tokenizers();
      return new NativeTokens(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(text), OPTIONS), files);
    } catch (DjlUnavailableException e) {
      throw new UserException(String.valueOf(e.getMessage()), e.nextStep(), e);
    } catch (IOException | RuntimeException e) {
      throw files.malformed(reason(e), e);
    }
  }

  /**
   * The tokens of a text; special tokens that are written out in it as the file calls them become
   * their ids.
   *
   * @param special whether to add what the post-processor adds, e.g. a begin-of-sequence token
   * @throws UserException when the file has no token for some of it, and none for what is unknown
   */
  int[] encode(String text, boolean special) {
    try {
      long[] ids = tokenizer.encode(text, special, false).getIds();
      return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    } catch (RuntimeException e) {
      throw files.malformed("it does not encode a text: " + reason(e), e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * The text of tokens, spaces as they are.
   *
   * @param special whether special tokens are written out, as the file calls them
   */
  String decode(int[] tokens, boolean special) {
    try {
      return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), !special);
    } catch (RuntimeException e) {
      throw files.malformed("it does not decode tokens: " + reason(e), e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The first line of what the library says. */
  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
