package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.objective.Objective;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * DAPO (arXiv 2503.14476): clip-higher, a token mean, and no loss for what was cut off. Its dynamic
 * sampling decides what is sampled, so it is a setting of the run, {@code refill.most-rounds}; its
 * soft penalty for long completions is {@code objective.overlong-buffer}.
 */
@Component(service = Objective.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("dapo")
public final class Dapo extends PresetObjective {
  /** For the service registry. */
  @Activate
  public Dapo() {
    super(Preset.NONE.with(Options.MASK_TRUNCATED, true));
  }
}
