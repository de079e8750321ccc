package io.lanpo.libs.answer;

import java.util.Optional;

/**
 * An answer that was found in a response.
 *
 * @param text the answer as written, not blank, without white space around it
 * @param how where it was found, e.g. {@code after the last 'answer'}
 */
public record Found(String text, String how) {
  static Optional<Found> of(String text, String how) {
    String answer = text.strip();
    return answer.isEmpty() ? Optional.empty() : Optional.of(new Found(answer, how));
  }
}
