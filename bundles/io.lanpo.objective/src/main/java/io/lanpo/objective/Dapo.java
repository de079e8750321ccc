package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Objective;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * DAPO (arXiv 2503.14476): clip-higher, a token mean, and no loss for what was cut off. Its dynamic
 * sampling is not part of it: groups of equal rewards teach nothing.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("dapo")
public final class Dapo implements Objective {
  private static final Preset PRESET = Preset.NONE.with(Options.MASK_TRUNCATED, true);

  /** For the service registry. */
  @Activate
  public Dapo() {}

  @Override
  public List<Setting<?>> settings() {
    return PRESET.settings();
  }

  @Override
  public Learning open(Settings settings) {
    return PRESET.open(settings);
  }
}
