package io.lanpo.feedback;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.FeedbackPlanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.MathArrays;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** All completions of a group have the same mode; which group has which is drawn in each step. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("per-prompt")
public final class PerPrompt implements FeedbackPlanner {
  /** For the service registry. */
  @Activate
  public PerPrompt() {}

  @Override
  public List<Setting<?>> settings() {
    return Shares.DECLARED;
  }

  @Override
  public Plan open(Settings settings) {
    Shares shares = Shares.of(settings);
    return (step, problems, groupSize, seed) -> {
      List<FeedbackMode> ofPrompts = shares.modes(problems);
      int[] order = MathArrays.natural(problems);
      MathArrays.shuffle(order, new Well19937c(seed));
      List<List<FeedbackMode>> plan = new ArrayList<>(problems);
      for (int problem : order) {
        plan.add(Collections.nCopies(groupSize, ofPrompts.get(problem)));
      }
      return plan;
    };
  }
}
