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
 * Advantages within the group, a token mean and clip-higher, over groups with feedback; context
 * distillation and replay where they are asked for (arXiv 2510.16552).
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("lanpo")
public final class Lanpo implements Objective {
  private static final Preset PRESET = Preset.NONE;

  /** For the service registry. */
  @Activate
  public Lanpo() {}

  @Override
  public List<Setting<?>> settings() {
    return PRESET.settings();
  }

  @Override
  public Learning open(Settings settings) {
    return PRESET.open(settings);
  }
}
