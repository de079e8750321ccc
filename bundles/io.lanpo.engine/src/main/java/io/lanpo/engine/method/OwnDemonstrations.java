package io.lanpo.engine.method;

import io.lanpo.api.policy.Sequence;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Right answers of the policy itself as demonstrations; each is as likely as any other. */
public final class OwnDemonstrations implements Demonstrations {
  private final List<OwnAnswer> answers;

  /**
   * @param answers at least one
   */
  public OwnDemonstrations(List<OwnAnswer> answers) {
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
