package io.lanpo.api.reward;

import io.lanpo.api.task.Problem;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that judges a response against a problem's answer key. Safe for use by several threads.
 */
@ConsumerType
public interface Verifier {
  /** Judges; the same arguments always give the same verdict. */
  Verdict verify(Problem problem, Response response);

  /**
   * The gold answer as a response that this verifier must accept; a run checks this before it
   * starts.
   *
   * @param problem a problem of the task
   */
  Response goldResponse(Problem problem);
}
