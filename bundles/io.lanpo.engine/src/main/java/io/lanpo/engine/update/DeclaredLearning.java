package io.lanpo.engine.update;

import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Sampling;
import io.lanpo.engine.call.Named;
import java.util.List;

/**
 * An objective that was asked once what it declares of itself, as it was opened with the settings
 * of the run: memory, checkpoints, updates and the health of the run go by the same answers.
 */
record DeclaredLearning(
    boolean learns,
    boolean needsReference,
    int referenceRefresh,
    boolean trainsFeedbackPrompts,
    int miniBatches,
    boolean needsDemonstrations,
    boolean corrects,
    List<String> unused,
    Named<Objective.Learning> own)
    implements Objective.Learning {

  /**
   * Asks it, and checks what it says.
   *
   * @throws io.lanpo.api.component.UserException naming the objective
   */
  static DeclaredLearning of(Named<Objective.Learning> objective) {
    DeclaredLearning declared =
        objective.ask(
            o ->
                new DeclaredLearning(
                    o.learns(),
                    o.needsReference(),
                    o.referenceRefresh(),
                    o.trainsFeedbackPrompts(),
                    o.miniBatches(),
                    o.needsDemonstrations(),
                    o.corrects(),
                    List.copyOf(o.unused()),
                    objective));
    if (declared.miniBatches < 1) {
      throw objective.fault(
          "divides a step into %d updates, and there must be at least 1"
              .formatted(declared.miniBatches),
          null);
    }
    if (declared.referenceRefresh < 0) {
      throw objective.fault(
          "renews the reference every %d steps, which must be at least 1, or 0 for never"
              .formatted(declared.referenceRefresh),
          null);
    }
    return declared;
  }

  @Override
  public void check(List<Sampling> samplings) {
    own.ask(
        o -> {
          o.check(samplings);
          return o;
        });
  }

  @Override
  public List<double[]> advantages(List<JudgedGroup> groups) {
    return own.instance().advantages(groups);
  }

  @Override
  public Updates updates(JudgedStep step, Means means) {
    return own.instance().updates(step, means);
  }
}
