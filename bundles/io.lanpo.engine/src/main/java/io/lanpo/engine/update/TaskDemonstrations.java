package io.lanpo.engine.update;

import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Demonstrations of a task's curriculum as tokens.
 *
 * @param tokenizer of the policy that is to learn
 */
public record TaskDemonstrations(Curriculum curriculum, Tokenizer tokenizer)
    implements Demonstrations {
  @Override
  public Sequence demonstrate(double progress, RandomGenerator random) {
    return sequence(curriculum.demonstrate(progress, random));
  }

  @Override
  public Sequence replay(RandomGenerator random) {
    return sequence(curriculum.replay(random));
  }

  @Override
  public Map<Integer, Float> tokenWeights() {
    Map<Integer, Float> weights = new HashMap<>();
    curriculum
        .wordWeights()
        .forEach(
            (word, weight) -> {
              for (int token : tokenizer.encode(word)) {
                weights.put(token, weight.floatValue());
              }
            });
    return weights;
  }

  private Sequence sequence(Demonstration shown) {
    int[] completion = tokenizer.encode(shown.completion());
    int[] ended = Arrays.copyOf(completion, completion.length + 1);
    ended[completion.length] = tokenizer.endToken();
    return new Sequence(tokenizer.encode(shown.prompt()), ended);
  }
}
