package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Baseline;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.Spread;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * REINFORCE++ (arXiv 2501.03262): rewards compared over the whole step, not within groups. Its KL
 * penalty, which is in the reward, is off; {@code objective.kl-in = reward} puts it there.
 */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("reinforce++")
public final class ReinforcePlusPlus extends PresetObjective {
  /** For the service registry. */
  @Activate
  public ReinforcePlusPlus() {
    super(
        Preset.NONE
            .with(Options.BASELINE, Baseline.BATCH)
            .with(Options.SPREAD, Spread.BATCH)
            .with(Clip.HIGH, 0.2));
  }
}
