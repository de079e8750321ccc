package io.lanpo.api.policy;

import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Turns text into tokens and back. Immutable and safe for use by several threads. */
@ProviderType
public interface Tokenizer {
  /**
   * The tokens of a piece of text, without begin- or end-of-sequence tokens. What text that spells
   * one becomes was said when the tokenizer was opened, see {@link SpecialTokens}.
   */
  int[] encode(String text);

  /**
   * The tokens of a prompt, laid out by the chat template, with a begin-of-sequence token where one
   * belongs.
   */
  int[] encode(Prompt prompt);

  /**
   * The marks around thinking in {@linkplain #decode text} of the model; empty, as by default, when
   * it has none or they are not looked for.
   */
  default Optional<Thinking> thinking() {
    return Optional.empty();
  }

  /** The text of tokens; special tokens such as end-of-sequence are left out. */
  String decode(int[] tokens);

  /**
   * The text of tokens for people who look at them: with special tokens, spelled as the tokenizer's
   * files spell them. What it spells may be a special token or text that reads like one. By default
   * the {@linkplain #decode text} alone.
   */
  default String spelled(int[] tokens) {
    return decode(tokens);
  }

  /** The end-of-sequence token. */
  int endToken();

  /** Number of tokens; every token id is below it. */
  int vocabularySize();

  /**
   * Writes the tokenizer's files ({@code tokenizer.json} and companions) into a checkpoint folder.
   */
  void save(Path folder);

  /**
   * The marks around what a model thinks before it answers, as {@code <think>} and {@code
   * </think>}. Thinking is sampled, scored and learned from like any other text; it is left out
   * where an answer is looked for, and where an attempt or a lesson comes back into a prompt.
   *
   * @param begin comes before the thinking, perhaps already in the prompt
   * @param end comes behind it
   */
  record Thinking(String begin, String end) {
    /** Whether a prompt leaves it to the model to end the thinking. */
    public boolean isBegunBy(String prompt) {
      return prompt.stripTrailing().endsWith(begin);
    }

    /**
     * What stands behind the thinking, without the line breaks between.
     *
     * @param text what the model wrote
     * @param begun whether its prompt began the thinking
     * @return the whole text if there is no thinking in it; empty if the thinking does not end
     */
    public Optional<String> answer(String text, boolean begun) {
      int close = text.lastIndexOf(end);
      String behind = close < 0 ? text : text.substring(close + end.length());
      if (behind.contains(begin) || close < 0 && begun) {
        return Optional.empty();
      }
      return Optional.of(close < 0 ? text : behind.replaceFirst("^\\n+", ""));
    }
  }
}
