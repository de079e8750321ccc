package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Aggregation;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.Spread;
import io.lanpo.libs.objective.StepUpdates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Dr. GRPO (arXiv 2503.20783): no division by the group's deviation nor by lengths. */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("dr-grpo")
public final class DrGrpo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public DrGrpo() {
    super(
        Preset.NONE
            .with(Options.SPREAD, Spread.NONE)
            .with(StepUpdates.AGGREGATION, Aggregation.CONSTANT)
            .with(Clip.HIGH, 0.2));
  }
}
