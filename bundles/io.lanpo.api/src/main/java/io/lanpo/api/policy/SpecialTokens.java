package io.lanpo.api.policy;

import io.lanpo.api.component.Setting;

/**
 * What becomes of text that spells a special token, such as the one that ends a turn. A prompt
 * holds text of many hands: questions, attempts, reviews, lessons. The special tokens that a chat
 * template writes are tokens either way.
 */
public enum SpecialTokens {
  /** It stays text: nobody but the chat template can begin or end a turn. */
  TEXT,
  /** It becomes the token, as transformers does it: whoever writes the text can forge a turn. */
  TOKEN;

  /** The setting of every backend that encodes prompts. */
  public static final Setting<SpecialTokens> SETTING =
      Setting.choice(
          "special-tokens",
          SpecialTokens.class,
          "What text that spells a special token, as <|im_end|>, becomes in a prompt: text, or the"
              + " token as in transformers; then questions, attempts and lessons can forge turns.");
}
