package io.lanpo.api.reward;

/**
 * What a verifier found. That a check could not be made is an outcome of its own: a broken verifier
 * never scores 0, and such a completion takes no part in the update.
 */
public sealed interface Verdict {
  /** Why, in one sentence a researcher can check. */
  String explanation();

  /**
   * The response was judged.
   *
   * @param reward usually 0 to 1
   * @param explanation what was extracted, how it was read, which rule decided
   */
  record Scored(double reward, String explanation) implements Verdict {
    public Scored {
      if (!Double.isFinite(reward)) {
        throw new IllegalArgumentException("a reward is finite, got " + reward);
      }
    }
  }

  /**
   * The verifier has no opinion on this response.
   *
   * @param explanation why not
   */
  record Abstained(String explanation) implements Verdict {}

  /**
   * The check itself failed.
   *
   * @param explanation what went wrong in the verifier
   */
  record Failed(String explanation) implements Verdict {}
}
