package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Any tokenizer of Hugging Face, by the native library behind their {@code tokenizers}. */
final class HubTokenizer implements Tokenizer {
  private static final Tokenizer.Thinking DECLARED = new Tokenizer.Thinking("<think>", "</think>");

  private final HubFiles files;
  private final NativeTokens tokens;
  private final ChatLayout chat;
  private final int[] begin;
  private final int end;
  private final int size;
  private final Optional<Tokenizer.Thinking> thinking;

  private HubTokenizer(
      HubFiles files,
      NativeTokens tokens,
      ChatLayout chat,
      Vocabulary vocabulary,
      Optional<Tokenizer.Thinking> thinking) {
    this.thinking = thinking;
    this.files = files;
    this.tokens = tokens;
    this.chat = chat;
    this.begin = begin(tokens);
    this.end = vocabulary.endToken(files);
    this.size = vocabulary.size();
  }

  /**
   * Opens the tokenizer of a checkpoint.
   *
   * @throws io.lanpo.api.component.UserException when a file is damaged or says no end token, or
   *     the chat template does not read a variable that is given
   */
  static HubTokenizer open(TokenizerFiles tokenizer, TokenizerService.Options options) {
    return open(tokenizer, HubFiles.read(tokenizer.folder()), options);
  }

  /**
   * The same.
   *
   * @param files the files that belong to it
   */
  static HubTokenizer open(
      TokenizerFiles tokenizer, HubFiles files, TokenizerService.Options options) {
    if (!files.contents().containsKey(TokenizerFiles.TOKENIZER)) {
      throw tokenizer.malformed("it disappeared while it was read");
    }
    Vocabulary vocabulary = Vocabulary.of(tokenizer);
    JsonObject json = tokenizer.json();
    SpecialTexts specials = null;
    if (options.spelled() == SpecialTokens.TEXT) {
      specials = SpecialTexts.of(json);
      json = specials.renamed(json);
    }
    NativeTokens tokens = NativeTokens.of(tokenizer, json);
    ChatLayout chat = new ChatLayout(files, specials, new ChatVariables(options));
    return new HubTokenizer(files, tokens, chat, vocabulary, thinking(tokenizer.json(), options));
  }

  /** The marks that were given, or those that the file declares as tokens which texts show. */
  private static Optional<Tokenizer.Thinking> thinking(
      JsonObject tokenizer, TokenizerService.Options options) {
    if (options.marks() == TokenizerService.Options.Marks.GIVEN) {
      return options.thinking();
    }
    Set<String> shown = new HashSet<>();
    if (tokenizer.get("added_tokens") instanceof JsonArray added) {
      for (JsonElement token : added) {
        if (token instanceof JsonObject object
            && object.get("content") instanceof JsonPrimitive content
            && !new JsonPrimitive(true).equals(object.get("special"))) {
          shown.add(content.getAsString());
        }
      }
    }
    return Optional.of(DECLARED)
        .filter(marks -> shown.contains(marks.begin()) && shown.contains(marks.end()));
  }

  @Override
  public Optional<Tokenizer.Thinking> thinking() {
    return thinking;
  }

  /**
   * What the post-processor puts in front of a text: a begin-of-sequence token for Llama 3, nothing
   * for SmolLM2 and Qwen2.5. It alone decides, as in transformers 5, which does not look at {@code
   * add_bos_token}. What it puts behind is left out: a policy continues a prompt.
   */
  private static int[] begin(NativeTokens tokens) {
    int[] plain = tokens.encode("a", false);
    int[] whole = tokens.encode("a", true);
    for (int front = 0; front + plain.length <= whole.length; front++) {
      if (Arrays.equals(whole, front, front + plain.length, plain, 0, plain.length)) {
        return Arrays.copyOf(whole, front);
      }
    }
    return new int[0];
  }

  @Override
  public int[] encode(String text) {
    return tokens.encode(text, false);
  }

  @Override
  public int[] encode(Prompt prompt) {
    if (prompt instanceof Prompt.Chat turns) {
      // The layout has written the special tokens out, in a way that the library knows.
      return tokens.encode(chat.render(turns.messages()), false);
    }
    int[] text = tokens.encode(prompt.text(), false);
    int[] all = Arrays.copyOf(begin, begin.length + text.length);
    System.arraycopy(text, 0, all, begin.length, text.length);
    return all;
  }

  @Override
  public String decode(int[] ids) {
    return tokens.decode(known(ids), false);
  }

  @Override
  public String spelled(int[] ids) {
    return chat.spelled(tokens.decode(known(ids), true));
  }

  private int[] known(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= size) {
        throw new IllegalArgumentException(
            "token %d is outside the vocabulary of %d".formatted(id, size));
      }
    }
    return ids;
  }

  @Override
  public int endToken() {
    return end;
  }

  @Override
  public int vocabularySize() {
    return size;
  }

  /** Writes the files as they were read. */
  @Override
  public void save(Path folder) {
    files.writeTo(folder);
  }
}
