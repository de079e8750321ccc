package io.lanpo.engine.call;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import java.util.Optional;

/** Calls the verifier; a verifier that throws has failed, which is data and not a reward of 0. */
public final class VerifierCalls {
  private static final String VERIFIER = "verifier";

  private final ComponentCalls calls = new ComponentCalls();
  private final Verifier verifier;

  public VerifierCalls(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * JudgeFilters a completion.
   *
   * @param solution the solution within it; a review without one is judged as an empty response
   * @param finished false when the length limit cut it
   */
  public Verdict verify(Problem problem, Optional<String> solution, boolean finished) {
    Response response = new Response(solution.orElse(""), finished);
    return calls.call(
        VERIFIER,
        () -> verifier.verify(problem, response),
        why -> new Verdict.Failed("the verifier " + why));
  }

  /** Whether a verdict says that the response is right in every way. */
  public boolean accepts(Verdict verdict) {
    return calls.call(VERIFIER, () -> verifier.accepts(verdict), why -> false);
  }

  /** The final answer in a solution as the verifier reads it; empty when it does not tell. */
  public Optional<String> answer(Optional<String> solution, boolean finished) {
    Response response = new Response(solution.orElse(""), finished);
    return calls.call(VERIFIER, () -> verifier.answer(response), why -> Optional.empty());
  }

  /** Calls and failures since they were taken last. */
  public CallCounts take() {
    return calls.take();
  }
}
