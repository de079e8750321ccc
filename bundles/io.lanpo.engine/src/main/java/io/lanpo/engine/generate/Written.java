package io.lanpo.engine.generate;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A completion as text.
 *
 * @param text all of it
 * @param answer what stands behind the thinking: all of it where there is none, nothing where the
 *     thinking does not end
 * @param endless whether the thinking does not end
 */
public record Written(String text, String answer, boolean endless) {
  /** Tokens at the end of a prompt that are enough to see whether it begins the thinking. */
  private static final int LAST = 16;

  /** Of a text without thinking. */
  public static Written plain(String text) {
    return new Written(text, text, false);
  }

  /**
   * What was written.
   *
   * @param prompt {@code [P]} the prompt as the policy saw it
   */
  public static Written of(Tokenizer tokenizer, int[] prompt, Completion completion) {
    String text = tokenizer.decode(completion.tokens());
    Optional<Tokenizer.Thinking> thinking = tokenizer.thinking();
    if (thinking.isEmpty()) {
      return plain(text);
    }
    int[] last = Arrays.copyOfRange(prompt, Math.max(0, prompt.length - LAST), prompt.length);
    boolean begun = thinking.get().isBegunBy(tokenizer.decode(last));
    Optional<String> answer = thinking.get().answer(text, begun);
    return new Written(text, answer.orElse(""), answer.isEmpty());
  }
}
