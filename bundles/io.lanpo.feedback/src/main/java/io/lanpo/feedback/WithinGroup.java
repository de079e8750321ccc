package io.lanpo.feedback;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackPlanner;
import java.util.Collections;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Every group has plain, abstracting and reflecting completions, which share one baseline: feedback
 * that helps shows in the advantages.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("within-group")
public final class WithinGroup implements FeedbackPlanner {
  /** For the service registry. */
  @Activate
  public WithinGroup() {}

  @Override
  public List<Setting<?>> settings() {
    return Shares.DECLARED;
  }

  @Override
  public Plan open(Settings settings) {
    Shares shares = Shares.of(settings);
    return (step, problems, groupSize, seed) ->
        Collections.nCopies(problems, shares.modes(groupSize));
  }
}
