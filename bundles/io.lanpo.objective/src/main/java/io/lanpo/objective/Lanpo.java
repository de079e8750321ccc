package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Advantages within the group, a token mean and clip-higher, over groups with feedback; context
 * distillation and replay where they are asked for (arXiv 2510.16552).
 */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("lanpo")
public final class Lanpo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public Lanpo() {
    super(Preset.NONE);
  }
}
