package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.Map;
import java.util.Optional;

/** Completions end, but the verifier finds no final answer in nearly all of them. */
public final class NoAnswer implements Rule {
  static final String KIND = "no-answer";
  private static final String PROMPT = "task.prompt";

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    if (!steps.all("answered", share -> true)) {
      return Optional.empty();
    }
    long all = 0;
    double answered = 0;
    for (Map<?, ?> line : steps.last()) {
      double finished =
          Steps.number(line, "completions").orElse(0)
              * (1 - Steps.number(line, "truncated").orElse(0));
      all += Math.round(finished);
      answered += finished * Steps.number(line, "answered").orElse(0);
    }
    return of(all - Math.round(answered), all, steps.words(), steps.example(), run);
  }

  /**
   * The finding.
   *
   * @param without finished completions without an answer
   * @param all finished completions
   * @param where of what
   * @param example one without
   */
  public static Optional<Finding> of(
      long without, long all, String where, Optional<Excerpt> example, RunFacts run) {
    if (all == 0 || without < Steps.NEARLY_ALL * all) {
      return Optional.empty();
    }
    String shown =
        example.map(e -> "; one ends \"%s\"%s".formatted(e.ending(), e.said())).orElse("");
    boolean prompted = run.has(PROMPT);
    return Optional.of(
        new Finding(
            KIND,
            "no final answer is found in %d of %d finished completions of %s%s; %s give the verifier (%s) the markers that the policy writes"
                .formatted(
                    without,
                    all,
                    where,
                    shown,
                    prompted
                        ? "ask for that form in %s, or".formatted(PROMPT)
                        : "have the policy taught that form, or",
                    run.written("verifier")),
            prompted ? PROMPT : "verifier"));
  }
}
