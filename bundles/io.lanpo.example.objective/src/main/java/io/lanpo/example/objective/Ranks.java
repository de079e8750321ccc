package io.lanpo.example.objective;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.libs.objective.Advantages;
import io.lanpo.libs.objective.Aggregation;
import io.lanpo.libs.objective.Item;
import io.lanpo.libs.objective.Normaliser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Compares ranks instead of rewards: by how much a completion is better does not matter. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("ranks")
public final class Ranks implements Objective {
  private static final Setting<Double> CLIP =
      Setting.decimal("clip", 0.2, 0, 1, "", "the ratio counts from 1 − this to 1 + this");

  @Override
  public List<Setting<?>> settings() {
    return List.of(CLIP);
  }

  @Override
  public Learning open(Settings settings) {
    return new ByRank(settings.get(CLIP));
  }

  private record ByRank(double clip) implements Learning {
    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      return groups.stream().map(ByRank::ranks).toList();
    }

    /** How many of the group are worse, less how many are better, of all others: −1 to 1. */
    private static double[] ranks(JudgedGroup group) {
      double[] rewards = Advantages.rewards(group);
      return group.completions().stream()
          .mapToDouble(c -> c.reward().isEmpty() ? 0 : rank(c.reward().getAsDouble(), rewards))
          .toArray();
    }

    private static double rank(double reward, double[] rewards) {
      double sum = Arrays.stream(rewards).map(r -> Math.signum(reward - r)).sum();
      return rewards.length < 2 ? 0 : sum / (rewards.length - 1);
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      Normaliser mean = Normaliser.of(step.groups());
      List<TrainingExample> examples = new ArrayList<>();
      for (int g = 0; g < step.groups().size(); g++) {
        List<JudgedCompletion> completions = step.groups().get(g).completions();
        for (int i = 0; i < completions.size(); i++) {
          JudgedCompletion c = completions.get(i);
          double advantage = step.advantages().get(g)[i];
          if (advantage != 0 && c.tokens().length > 0) {
            examples.add(
                Item.sampled(new Sequence(c.prompt(), c.tokens()), advantage, c.samplingLogProbs())
                    .weighted(mean.scale(Aggregation.TOKEN_MEAN, 1, c.tokens().length, 1)));
          }
        }
      }
      Loss loss = new Loss.ClippedSurrogate(clip, clip, 0, means.temperature());
      LossTerm term = new LossTerm("policy-gradient", loss, examples);
      return Updates.of(step.number(), List.of(List.of(term)), Map.of());
    }
  }
}
