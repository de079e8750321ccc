package io.lanpo.libs.objective;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What succeeded with feedback under the plain prompt (context distillation, arXiv 2112.00861), so
 * that what was learned does not stay in the context.
 */
public final class ContextDistillation {
  private ContextDistillation() {}

  /** The solution alone under the plain prompt; empty when a completion has none. */
  public static Optional<Sequence> of(
      JudgedGroup group, JudgedCompletion completion, Tokenizer tokenizer) {
    return completion
        .solution()
        .filter(s -> !s.isBlank() && completion.finished())
        .map(
            s ->
                new Sequence(
                    tokenizer.encode(group.prompt()), withEnd(tokenizer.encode(s), tokenizer)));
  }

  private static int[] withEnd(int[] tokens, Tokenizer tokenizer) {
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = tokenizer.endToken();
    return ended;
  }
}
