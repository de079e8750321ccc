package io.lanpo.policy.tinker;

import io.lanpo.api.component.UserException;

/**
 * The longest sequence of a model.
 *
 * @param tokens of prompt and completion together
 */
record ContextLimit(int tokens) {
  /**
   * Refuses what is longer.
   *
   * @param prompt its tokens
   * @param completion its tokens, or how many it may have
   */
  void check(int prompt, int completion) {
    if (prompt + completion > tokens) {
      throw new UserException(
          "a prompt of %d tokens and a completion of %d are longer than the context of %d tokens"
              .formatted(prompt, completion, tokens),
          "Shorten the prompt or the longest completion, or use a model with a longer context.");
    }
  }
}
