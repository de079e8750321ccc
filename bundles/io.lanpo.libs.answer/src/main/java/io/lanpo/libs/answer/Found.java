package io.lanpo.libs.answer;

import java.util.Optional;

/**
 * An answer that was found in a response.
 *
 * @param text the answer as written, not blank, without white space around it
 * @param formula what of it is a formula or number, where prose stands around that: {@code 34} of
 *     {@code the largest n is 34}; else the text
 * @param all what stands in all boxes of the response, with commas between; without several boxes
 *     the text
 * @param how where it was found, e.g. {@code after the last 'answer'}
 */
public record Found(String text, String formula, String all, String how) {
  static Optional<Found> of(String text, String how) {
    String answer = text.strip();
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(answer, answer, answer, how));
  }
}
