package io.lanpo.schedule;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Schedule;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** The peak, after a warm-up. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("constant")
public final class ConstantSchedule implements Schedule {
  /** For the service registry. */
  @Activate
  public ConstantSchedule() {}

  @Override
  public List<Setting<?>> settings() {
    return List.of(Warmup.STEPS);
  }

  @Override
  public Rate open(Settings settings) {
    return Warmup.then(settings, over -> 1);
  }
}
