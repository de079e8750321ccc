package io.lanpo.relative.experiential;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Objective;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.StepUpdates;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The objective of experiential reinforcement learning (ERL, arXiv 2602.13949), for groups of first
 * attempts and of reviews with a second one in them:
 *
 * <pre>
 * first attempts    policy gradient, rewards compared among the first ones of the group
 * second attempts   policy gradient under the prompt with the attempt under review,
 *                   rewards compared among the second ones of the group
 * internalisation   accepted second attempts under the plain prompt, supervised
 * </pre>
 *
 * <p>Two baselines, since second attempts are of what failed: against one they would look bad for
 * being tried at hard problems, or good for having seen more. Here a review and its second attempt
 * are one completion, and neither reads what the verifier said.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("experiential")
public final class Experiential implements Objective {
  static final Setting<Double> SECOND_WEIGHT =
      Setting.decimal(
          "second-weight",
          1,
          0,
          100,
          "factor",
          "weight of the policy gradient of reviews with their second attempts");

  static final Setting<Double> INTERNALISATION =
      Setting.decimal(
          "internalisation",
          1,
          0,
          100,
          "factor",
          "weight of accepted second attempts under the plain prompt, like that of an advantage of"
              + " this size");

  /** For the service registry. */
  @Activate
  public Experiential() {}

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(List.of(SECOND_WEIGHT, INTERNALISATION, Clip.LOW, Clip.HIGH));
    all.addAll(StepUpdates.DECLARED);
    return all;
  }

  @Override
  public Learning open(Settings settings) {
    return new BothAttempts(
        settings.get(SECOND_WEIGHT),
        settings.get(INTERNALISATION),
        Clip.of(settings),
        StepUpdates.of(settings));
  }
}
