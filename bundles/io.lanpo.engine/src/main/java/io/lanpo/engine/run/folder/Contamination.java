package io.lanpo.engine.run.folder;

import java.util.StringJoiner;

/**
 * What problems to learn from and held-out ones have in common.
 *
 * @param exact training problems with the wording of a held-out one
 * @param near training problems that seem to say the same as a held-out one in other words
 * @param dropped how many of them are left out
 * @param exactExample ids of such a training problem and its twin; empty when there is none
 * @param nearExample the same in other words
 */
public record Contamination(
    int exact, int near, int dropped, String exactExample, String nearExample) {
  /** Nothing in common. */
  public static final Contamination NONE = new Contamination(0, 0, 0, "", "");

  /** Whether there is anything to tell. */
  public boolean found() {
    return exact + near > 0;
  }

  /** For the terminal. */
  public String sentence() {
    StringJoiner parts = new StringJoiner("; ");
    if (exact > 0) {
      parts.add(
          "%d training %s the wording of a held-out one (%s)"
              .formatted(exact, exact == 1 ? "problem has" : "problems have", exactExample));
    }
    if (near > 0) {
      parts.add(
          "%d %s to say the same as a held-out one in other words (%s)"
              .formatted(near, near == 1 ? "seems" : "seem", nearExample));
    }
    return parts.add("%d left out (key contamination)".formatted(dropped)).toString();
  }
}
