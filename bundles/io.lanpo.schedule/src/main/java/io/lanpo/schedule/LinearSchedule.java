package io.lanpo.schedule;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Schedule;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** It falls by the same amount each step: final + (1 − final) · (1 − p). */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("linear")
public final class LinearSchedule implements Schedule {
  /** For the service registry. */
  @Activate
  public LinearSchedule() {}

  @Override
  public List<Setting<?>> settings() {
    return List.of(Warmup.STEPS, Warmup.FINAL_RATE);
  }

  @Override
  public Rate open(Settings settings) {
    return Warmup.falling(settings, over -> 1 - over);
  }
}
