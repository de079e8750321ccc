package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Baseline;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.Spread;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** REINFORCE with the other completions as the baseline (arXiv 2402.14740), as a token mean. */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("rloo")
public final class Rloo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public Rloo() {
    super(
        Preset.NONE
            .with(Options.BASELINE, Baseline.OTHERS)
            .with(Options.SPREAD, Spread.NONE)
            .with(Clip.HIGH, 0.2));
  }
}
