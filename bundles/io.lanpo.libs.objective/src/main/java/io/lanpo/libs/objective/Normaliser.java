package io.lanpo.libs.objective;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import java.util.List;

/**
 * What the losses of a step are averaged over: what the verifier scored. Completions without a
 * score take no part; those without an advantage do.
 *
 * @param tokens tokens of the scored completions
 * @param completions how many there are
 */
public record Normaliser(long tokens, long completions) {
  /** The normaliser of a step. */
  public static Normaliser of(List<JudgedGroup> groups) {
    List<JudgedCompletion> scored =
        groups.stream()
            .flatMap(g -> g.completions().stream())
            .filter(c -> c.reward().isPresent())
            .toList();
    return new Normaliser(scored.stream().mapToLong(c -> c.tokens().length).sum(), scored.size());
  }

  /**
   * The weight of a token in the loss of an update.
   *
   * @param constantLength tokens per completion for {@link Aggregation#CONSTANT}
   * @param length tokens of its completion
   * @param parts into how many updates the step is divided
   */
  public double scale(Aggregation aggregation, int constantLength, int length, int parts) {
    double ofTokens = tokens / (double) parts;
    double ofCompletions = completions / (double) parts;
    return switch (aggregation) {
      case TOKEN_MEAN -> 1 / ofTokens;
      case SEQUENCE_MEAN -> 1 / (ofCompletions * length);
      case CONSTANT -> 1 / (ofCompletions * constantLength);
    };
  }
}
