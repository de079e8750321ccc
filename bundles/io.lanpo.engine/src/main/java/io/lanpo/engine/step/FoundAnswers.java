package io.lanpo.engine.step;

import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.health.rule.Excerpt;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether the verifier finds final answers at all. It is asked only in a step in which it accepts
 * nothing: what is accepted has an answer.
 *
 * @param figures {@code answered}, the share of the finished completions in which it finds one,
 *     unless it does not look for any; {@code example}, one without an answer or a reward, where
 *     most are
 */
record FoundAnswers(Map<String, Object> figures) {
  /** Most is all but this share. */
  private static final double FEW = 0.1;

  /**
   * Of a step.
   *
   * @param calls asks the verifier
   */
  static FoundAnswers of(List<Group> groups, VerifierCalls calls) {
    List<Rollout> all = groups.stream().flatMap(g -> g.rollouts().stream()).toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    if (all.isEmpty() || all.stream().anyMatch(Rollout::accepted)) {
      return new FoundAnswers(figures);
    }
    example(all, r -> r.reward().isEmpty()).ifPresent(found -> figures.put("example", found));
    List<Rollout> finished = all.stream().filter(r -> r.completion().finished()).toList();
    if (!finished.isEmpty() && calls.looksForAnswers(groups.get(0).problem())) {
      Predicate<Rollout> none = r -> calls.answer(r.solution(), true).isEmpty();
      figures.put("answered", 1 - share(finished, none));
      example(finished, none).ifPresent(found -> figures.putIfAbsent("example", found));
    }
    return new FoundAnswers(figures);
  }

  private static double share(List<Rollout> of, Predicate<Rollout> which) {
    return (double) of.stream().filter(which).count() / of.size();
  }

  /** The first of these, if they are most. */
  private static Optional<Map<String, String>> example(List<Rollout> of, Predicate<Rollout> which) {
    return share(of, which) < 1 - FEW
        ? Optional.empty()
        : of.stream()
            .filter(which)
            .findFirst()
            .map(r -> new Excerpt(r.text(), r.verdict().explanation()).asMap());
  }
}
