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

  /**
   * @param verifier the verifier of the run
   */
  public VerifierCalls(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * What the verifier says about a completion.
   *
   * @param verdict the verdict
   * @param accepted whether the verifier accepts the completion as right in every way; never
   *     without a score. It is decided here and nowhere else
   */
  public record Judgement(Verdict verdict, boolean accepted) {}

  /**
   * Judges a completion.
   *
   * @param solution the solution within it; a review without one is judged as an empty response
   * @param finished false when the length limit cut it
   * @param endless whether there is no solution because the thinking before it does not end
   */
  public Judgement judge(
      Problem problem, Optional<String> solution, boolean finished, boolean endless) {
    Response response = new Response(solution.orElse(""), finished);
    return calls.call(
        VERIFIER,
        () -> {
          Verdict verdict = verifier.verify(problem, response);
          return verdict == null
              ? null
              : new Judgement(
                  endless ? explained(verdict) : verdict,
                  verdict instanceof Verdict.Scored && verifier.accepts(verdict));
        },
        why -> new Judgement(new Verdict.Failed("the verifier " + why), false));
  }

  private static Verdict explained(Verdict verdict) {
    String why = "the thinking does not end, so there is no answer: " + verdict.explanation();
    if (verdict instanceof Verdict.Scored scored) {
      return new Verdict.Scored(scored.reward(), why);
    }
    return verdict instanceof Verdict.Abstained
        ? new Verdict.Abstained(why)
        : new Verdict.Failed(why);
  }

  /** The final answer in a solution as the verifier reads it; empty when it does not say. */
  public Optional<String> answer(Optional<String> solution, boolean finished) {
    Response response = new Response(solution.orElse(""), finished);
    return calls.call(VERIFIER, () -> verifier.answer(response), why -> Optional.empty());
  }

  /**
   * Whether the verifier looks for final answers: it finds that of a problem's own gold response.
   */
  public boolean looksForAnswers(Problem problem) {
    return calls
        .call(
            VERIFIER,
            () -> verifier.answer(verifier.goldResponse(problem)),
            why -> Optional.empty())
        .isPresent();
  }

  /** Calls and failures since they were taken last. */
  public CallCounts take() {
    return calls.take();
  }
}
