package io.lanpo.relative.selfdistillation;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns prompts into tokens. A small closed vocabulary lacks most words in which a verifier
 * explains itself; what cannot be read teaches nothing and is counted.
 */
final class Reader {
  private final Tokenizer tokenizer;
  private final List<UserException> refusals = new ArrayList<>();
  private int read;

  Reader(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  Optional<int[]> tokens(Prompt prompt) {
    try {
      int[] tokens = tokenizer.encode(prompt);
      read++;
      return Optional.of(tokens);
    } catch (UserException e) {
      refusals.add(e);
      return Optional.empty();
    }
  }

  int unread() {
    return refusals.size();
  }

  /** Where nothing can be read at all, the run was told to learn from the wrong thing. */
  void requireSomeRead(int step) {
    if (read == 0 && !refusals.isEmpty()) {
      UserException first = refusals.get(0);
      throw new UserException(
          "this policy cannot read any feedback of step %d: %s".formatted(step, first.getMessage()),
          "Set objective.%s = sibling, whose words are the policy's own, or objective.%s in words that it knows."
              .formatted(Teacher.FEEDBACK.key(), Teacher.TEMPLATE.key()),
          first);
    }
  }
}
