package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The loss of the LANPO paper as far as it is published (arXiv 2510.16552): under the prompt with
 * feedback alone, without the additions of this platform, and negative advantages count less. By
 * how much is not published; one half is a choice of ours.
 */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("lanpo-paper")
public final class LanpoPaper extends PresetObjective {
  /** For the service registry. */
  @Activate
  public LanpoPaper() {
    super(
        Preset.NONE
            .with(Options.NEGATIVE_WEIGHT, 0.5)
            .with(Options.FEEDBACK_WEIGHT, 1.0)
            .with(Options.DISTILLATION, 0.0));
  }
}
