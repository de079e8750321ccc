package io.lanpo.feedback;

import java.util.List;
import java.util.Optional;

/** One attempt after the other, so that the reviews of a question differ as far as they can. */
final class InTurn {
  private InTurn() {}

  static Optional<String> of(List<String> attempts, int turn) {
    return attempts.isEmpty()
        ? Optional.empty()
        : Optional.of(attempts.get(turn % attempts.size()));
  }
}
