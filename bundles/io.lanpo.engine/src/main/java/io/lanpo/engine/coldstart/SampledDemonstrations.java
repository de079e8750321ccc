package io.lanpo.engine.coldstart;

import io.lanpo.api.policy.Sequence;
import io.lanpo.engine.update.Demonstrations;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Right answers of the policy itself as demonstrations; each is as likely as any other. */
public final class SampledDemonstrations implements Demonstrations {
  private final List<SampledDemonstration> answers;

  /**
   * @param answers at least one
   */
  public SampledDemonstrations(List<SampledDemonstration> answers) {
    this.answers = List.copyOf(answers);
  }

  @Override
  public Sequence demonstrate(double progress, RandomGenerator random) {
    return replay(random);
  }

  @Override
  public Sequence replay(RandomGenerator random) {
    return answers.get(random.nextInt(answers.size())).sequence();
  }

  @Override
  public Map<Integer, Float> tokenWeights() {
    return Map.of();
  }
}
