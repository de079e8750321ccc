package io.lanpo.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Aggregation;
import io.lanpo.libs.objective.Spread;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Dr. GRPO (arXiv 2503.20783): no division by the group's deviation nor by lengths. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("dr-grpo")
public final class DrGrpo implements Objective {
  private static final Preset PRESET =
      Preset.NONE
          .with(Options.SPREAD, Spread.NONE)
          .with(Options.AGGREGATION, Aggregation.CONSTANT)
          .with(Options.CLIP_HIGH, 0.2);

  /** For the service registry. */
  @Activate
  public DrGrpo() {}

  @Override
  public List<Setting<?>> settings() {
    return PRESET.settings();
  }

  @Override
  public Learning open(Settings settings) {
    return PRESET.open(settings);
  }
}
