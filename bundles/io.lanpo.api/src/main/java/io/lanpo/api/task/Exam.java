package io.lanpo.api.task;

import java.util.List;
import java.util.function.Predicate;

/**
 * A gate that a cold-started policy must pass before reinforcement learning begins: a policy that
 * cannot execute what it plans has nothing to learn from a reward.
 *
 * @param name what is examined, e.g. {@code executes-rules}
 * @param required share of items that must pass, 0 to 1
 * @param maxTokens longest completion, in tokens
 * @param items the prompts, each with the test of its completion's text
 */
public record Exam(String name, double required, int maxTokens, List<Item> items) {
  public Exam {
    items = List.copyOf(items);
    if (!(required >= 0 && required <= 1) || maxTokens < 1) {
      throw new IllegalArgumentException(
          "0 <= required <= 1, maxTokens >= 1; got %s, %d".formatted(required, maxTokens));
    }
  }

  /**
   * One prompt of an exam.
   *
   * @param prompt what the policy is asked
   * @param passes tells from the text of a finished completion whether it passes
   */
  public record Item(Prompt prompt, Predicate<String> passes) {}
}
