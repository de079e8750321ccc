package io.lanpo.api.policy;

import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
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

  /** The text of tokens; special tokens such as end-of-sequence are left out. */
  String decode(int[] tokens);

  /** The end-of-sequence token. */
  int endToken();

  /** Number of tokens; every token id is below it. */
  int vocabularySize();

  /**
   * Writes the tokenizer's files ({@code tokenizer.json} and companions) into a checkpoint folder.
   */
  void save(Path folder);
}
