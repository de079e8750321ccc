package io.lanpo.relative.trainingfree;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.libs.objective.Advantages;
import io.lanpo.libs.objective.Baseline;
import io.lanpo.libs.objective.Spread;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * No update, as in Training-Free GRPO (arXiv 2510.08191): what a run finds out is in its lessons. A
 * policy that cannot be trained, such as one behind a server, can be run with it.
 *
 * <p>Advantages are those of GRPO, for the log: (r − mean of the group) / (its deviation + 1e-4).
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("none")
public final class NoObjective implements Objective {
  /** For the service registry. */
  @Activate
  public NoObjective() {}

  @Override
  public Learning open(Settings settings) {
    return new Frozen();
  }

  private static final class Frozen implements Learning {
    @Override
    public boolean learns() {
      return false;
    }

    @Override
    public boolean trainsFeedbackPrompts() {
      return false;
    }

    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      return Advantages.of(Baseline.MEAN, Spread.GROUP, 1, groups);
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      return new Updates(step.number(), List.of(), true, Map.of());
    }
  }
}
