package io.lanpo.api.reward;

import io.lanpo.api.task.Problem;
import java.util.List;
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
   * @return an empty response when the key holds no answer, only what tells a right one from a
   *     wrong one
   */
  Response goldResponse(Problem problem);

  /** The reward of a response that is right in every way. */
  default double fullReward() {
    return 1;
  }

  /**
   * The first of some ways to write an answer that this verifier accepts; the last when it accepts
   * none. A help for {@link #goldResponse}.
   *
   * @param forms at least one
   */
  default Response firstAccepted(Problem problem, List<String> forms) {
    Response last = new Response(forms.get(forms.size() - 1), true);
    return forms.stream()
        .map(form -> new Response(form, true))
        .filter(response -> accepts(verify(problem, response)))
        .findFirst()
        .orElse(last);
  }

  /** Whether a verdict says that the response is right in every way. */
  default boolean accepts(Verdict verdict) {
    // a sum of weights may miss its whole by a rounding
    return verdict instanceof Verdict.Scored scored && scored.reward() >= fullReward() - 1e-9;
  }
}
