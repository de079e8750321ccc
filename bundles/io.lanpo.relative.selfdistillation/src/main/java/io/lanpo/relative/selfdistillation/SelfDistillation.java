package io.lanpo.relative.selfdistillation;

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
 * On-policy self-distillation (SDPO, "Reinforcement Learning via Self-Distillation", arXiv
 * 2601.20802). The policy that reads feedback on a completion is the teacher of the policy that
 * does not: a token's advantage is what the feedback adds to its log-probability, at the weights
 * before the update,
 *
 * <pre>
 * A_t = log p(y_t | x, feedback, y_&lt;t) − log p(y_t | x, y_&lt;t)
 * loss = Σ scale · −min(ρ_t·A_t, clip(ρ_t)·A_t)       ρ_t = p(y_t | x, y_&lt;t) / p_sampled(y_t)
 * </pre>
 *
 * <p>over the policy's own plain completions y. It is the policy gradient of the reverse divergence
 * from the policy to its teacher by its one sampled token; what a token does to later ones is left
 * out, as there. Not taken over are its teacher of averaged weights and the divergence over many
 * tokens at a place. With {@code group-weight} w the advantage is w times that of the group and 1 −
 * w times the teacher's.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("self-distillation")
public final class SelfDistillation implements Objective {
  private static final Setting<Weights> TEACHER =
      Setting.choice(
          "teacher",
          Weights.class,
          "whose weights teach: the policy's before the update, or those before step 1, a second"
              + " policy in memory");

  private static final Setting<Double> GROUP_WEIGHT =
      Setting.decimal(
          "group-weight",
          0,
          0,
          1,
          "share",
          "share of the advantage within the group in a token's advantage; the teacher has the rest");

  private static final Setting<Boolean> CENTRE =
      Setting.flag(
          "centre",
          false,
          "whether the teacher's advantages are taken from their mean over the step's tokens, which"
              + " is below 0 where the teacher differs");

  private static final Setting<Double> BOUND =
      Setting.decimal(
          "bound",
          0,
          0,
          100,
          "nats",
          "the most that the teacher's advantage of a token is; 0: no bound");

  /** For the service registry. */
  @Activate
  public SelfDistillation() {}

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                Teacher.FEEDBACK,
                Teacher.PART,
                Teacher.TEMPLATE,
                TEACHER,
                GROUP_WEIGHT,
                CENTRE,
                BOUND,
                Clip.LOW,
                Clip.HIGH));
    all.addAll(StepUpdates.DECLARED);
    return all;
  }

  @Override
  public Learning open(Settings settings) {
    return new SelfTeaching(
        Teacher.of(settings),
        settings.get(TEACHER),
        settings.get(GROUP_WEIGHT),
        new Gains(settings.get(CENTRE), settings.get(BOUND)),
        Clip.of(settings),
        StepUpdates.of(settings));
  }
}
