package io.lanpo.api.train;

/**
 * Something that keeps a run from learning, or an evaluation from telling anything.
 *
 * @param kind the word for it, such as {@code cut-off}; docs/troubleshooting.md has an entry for
 *     each
 * @param sentence what was seen, with counts, and what to change; on one line and without control
 *     characters
 * @param setting the key of the setting to change first
 */
public record Finding(String kind, String sentence, String setting) {
  /** The kind of a run whose objective leaves the policy as it is. */
  public static final String NOT_MEANT_TO_LEARN = "not-meant-to-learn";

  /** Whether something is wrong; otherwise the run does as it was set up to do. */
  public boolean fault() {
    return !kind.equals(NOT_MEANT_TO_LEARN);
  }
}
