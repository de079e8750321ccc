package io.lanpo.engine.method;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the verifier; a verifier that throws has failed, which is data and not a reward of 0. */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

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
    try {
      Verdict verdict = verifier.verify(problem, new Response(solution.orElse(""), finished));
      return verdict != null ? verdict : new Verdict.Failed("the verifier returned null");
    } catch (RuntimeException e) {
      LOG.warn("the verifier failed on problem {}", problem.question().id(), e);
      return new Verdict.Failed("the verifier threw " + e);
    }
  }
}
