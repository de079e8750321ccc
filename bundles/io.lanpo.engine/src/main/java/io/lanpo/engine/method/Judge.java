package io.lanpo.engine.method;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import java.util.Optional;

/** Calls the verifier; a verifier that throws has failed, which is data and not a reward of 0. */
final class Judge {
  private static final String VERIFIER = "verifier";

  private final Guard guard = new Guard();
  private final Verifier verifier;

  Judge(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Judges a completion.
   *
   * @param solution the solution within it; a review without one is judged as an empty response
   * @param finished false when the length limit cut it
   */
  Verdict judge(Problem problem, Optional<String> solution, boolean finished) {
    Response response = new Response(solution.orElse(""), finished);
    return guard.call(
        VERIFIER,
        () -> verifier.verify(problem, response),
        why -> new Verdict.Failed("the verifier " + why));
  }

  /** Whether a verdict says that the response is right in every way. */
  boolean accepts(Verdict verdict) {
    return guard.call(VERIFIER, () -> verifier.accepts(verdict), why -> false);
  }

  /** The final answer in a solution as the verifier reads it; empty when it does not tell. */
  Optional<String> answer(Optional<String> solution, boolean finished) {
    Response response = new Response(solution.orElse(""), finished);
    return guard.call(VERIFIER, () -> verifier.answer(response), why -> Optional.empty());
  }

  /** Calls and failures since they were taken last. */
  CallFailures take() {
    return guard.take();
  }
}
