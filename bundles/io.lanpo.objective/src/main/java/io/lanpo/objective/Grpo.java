package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Aggregation;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.StepUpdates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * GRPO (arXiv 2402.03300): advantages over the group's deviation, a mean over completions. Its KL
 * penalty, 0.04 in the paper, is off, as in the field's libraries today.
 */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("grpo")
public final class Grpo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public Grpo() {
    super(
        Preset.NONE.with(StepUpdates.AGGREGATION, Aggregation.SEQUENCE_MEAN).with(Clip.HIGH, 0.2));
  }
}
