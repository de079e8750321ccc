package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Aggregation;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.StepUpdates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** GSPO (arXiv 2507.18071): one ratio for a whole completion, with its narrow bounds. */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("gspo")
public final class Gspo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public Gspo() {
    super(
        Preset.NONE
            .with(Options.SURROGATE, Options.Surrogate.GSPO)
            .with(StepUpdates.AGGREGATION, Aggregation.SEQUENCE_MEAN)
            .with(Clip.LOW, 3e-4)
            .with(Clip.HIGH, 4e-4));
  }
}
