package io.lanpo.policy.djl.generate;

import io.lanpo.api.policy.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What ends a completion: an end token, or one of the texts that its request names. */
public final class StopCondition {
  /** Tokens that a character of a stop text can take, at most: one for each byte in UTF-8. */
  private static final int TOKENS_PER_CHARACTER = 4;

  private final int[] tokens;
  private final Function<int[], String> decode;

  /**
   * @param tokens end tokens; may be empty
   * @param decode the text of tokens
   */
  public StopCondition(int[] tokens, Function<int[], String> decode) {
    this.tokens = Arrays.stream(tokens).sorted().toArray();
    this.decode = decode;
  }

  /** The tokenizer's end token, and those that a checkpoint names beside it. */
  public static StopCondition of(Tokenizer tokenizer, int[] more) {
    int[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = tokenizer.endToken();
    return new StopCondition(all, tokenizer::decode);
  }

  /**
   * Whether the last token ends a completion.
   *
   * @param completion begins with the tokens so far
   * @param count how many these are, at least one
   * @param stop texts that end it
   */
  boolean reached(int[] completion, int count, List<String> stop) {
    if (Arrays.binarySearch(tokens, completion[count - 1]) >= 0) {
      return true;
    }
    if (stop.isEmpty()) {
      return false;
    }
    int longest = stop.stream().mapToInt(String::length).max().orElse(0);
    int from = Math.max(0, count - TOKENS_PER_CHARACTER * (longest + 1));
    String tail = decode.apply(Arrays.copyOfRange(completion, from, count));
    return stop.stream().anyMatch(tail::contains);
  }
}
