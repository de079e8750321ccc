package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Nearly all completions reach the length limit before they end, so that none has its answer.
 *
 * @param kind of the finding
 * @param modes words of the modes that a limit is for
 * @param what the completions of these modes
 * @param limit the key of the limit
 */
public record CutOff(String kind, List<String> modes, String what, String limit) implements Rule {
  /** Of answers to plain questions and to those with lessons. */
  public static final CutOff ANSWERS =
      new CutOff("cut-off", List.of("scratch", "abstract"), "completions", "sampling.max-tokens");

  /** Of reviews with their refined solutions. */
  public static final CutOff REVIEWS =
      new CutOff("reviews-cut-off", List.of("reflect"), "reviews", "sampling.max-review-tokens");

  public CutOff {
    modes = List.copyOf(modes);
  }

  @Override
  public Optional<Finding> check(Steps steps, RunFacts run) {
    long cut = 0;
    long all = 0;
    for (String mode : modes) {
      cut += steps.count("truncated." + mode, "completions." + mode);
      all += steps.count("completions." + mode);
    }
    return of(cut, all, steps.words(), run);
  }

  /**
   * The finding.
   *
   * @param cut completions that were cut off
   * @param all completions
   * @param where of what
   */
  public Optional<Finding> of(long cut, long all, String where, RunFacts run) {
    return all == 0 || cut < Steps.NEARLY_ALL * all
        ? Optional.empty()
        : Optional.of(
            new Finding(
                kind,
                "%d of %d %s of %s were cut off at the length limit before they ended; raise %s"
                    .formatted(cut, all, what, where, run.written(limit)),
                limit));
  }
}
