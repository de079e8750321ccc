package io.lanpo.schedule;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Schedule;
import java.util.List;
import org.apache.commons.math3.util.FastMath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** It falls by half a cosine, arXiv 1608.03983: final + (1 − final) · (1 + cos πp) / 2. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("cosine")
public final class CosineSchedule implements Schedule {
  /** For the service registry. */
  @Activate
  public CosineSchedule() {}

  @Override
  public List<Setting<?>> settings() {
    return List.of(Warmup.STEPS, Warmup.FINAL_RATE);
  }

  @Override
  public Rate open(Settings settings) {
    return Warmup.falling(settings, over -> (1 + FastMath.cos(FastMath.PI * over)) / 2);
  }
}
