package io.lanpo.engine.health.rule;

import io.lanpo.api.train.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All rules, causes before consequences. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new NotMeantToLearn(),
          new Unscored(),
          CutOff.ANSWERS,
          CutOff.REVIEWS,
          new NoAnswer(),
          new FormAlone(),
          new NoVariance(),
          new LearningRateZero(),
          new NoUpdate(),
          new NoReviews(),
          new NoLessons(),
          new EntropyCollapse(),
          new GrowingGap(),
          new KlExplosion(),
          new Clipped());

  private Rules() {}

  /** What the steps show, causes first; what another finding explains is left out. */
  public static List<Finding> findings(Steps steps, RunFacts run) {
    List<Finding> findings = new ArrayList<>();
    Set<String> kinds = new HashSet<>();
    for (Rule rule : ALL) {
      if (Collections.disjoint(rule.explainedBy(), kinds)) {
        rule.check(steps, run)
            .ifPresent(
                finding -> {
                  findings.add(finding);
                  kinds.add(finding.kind());
                });
      }
    }
    return List.copyOf(findings);
  }
}
