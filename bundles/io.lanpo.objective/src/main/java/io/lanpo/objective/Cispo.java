package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Clip;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * CISPO (arXiv 2506.13585): the ratio is a weight, cut at 5 and without a gradient, so that no
 * token is left out; no lower bound.
 */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("cispo")
public final class Cispo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public Cispo() {
    super(
        Preset.NONE
            .with(Options.SURROGATE, Options.Surrogate.CISPO)
            .with(Clip.LOW, 1.0)
            .with(Clip.HIGH, 4.0));
  }
}
