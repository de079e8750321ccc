package io.lanpo.api.deploy;

import java.nio.file.Path;

/**
 * What came of a file that was put into a watched folder, changed there, or taken away.
 *
 * @param file the file
 * @param state whether it is in effect
 * @param message one sentence: what serves now, or what is wrong
 * @param nextStep what the user can do about it; empty when there is nothing to do
 */
public record Deployment(Path file, State state, String message, String nextStep) {
  /** Whether a file is in effect. */
  public enum State {
    /** It is. */
    ACTIVE,
    /** It is not; what was there before it still is. */
    REFUSED,
    /** It was taken away, and what it brought with it. */
    REMOVED
  }
}
