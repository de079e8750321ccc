package io.lanpo.policy.tinker;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a training step asks of a policy: completions for some prompts, and an update on them.
 *
 * @param prompts how many
 * @param group completions of each
 * @param prompt tokens of a prompt
 * @param completion tokens of a completion
 */
record Steps(int prompts, int group, int prompt, int completion) {
  private static final AdamW OPTIMIZER = new AdamW(1e-6, 0.9, 0.95, 1e-8, 0, 1);

  /** Seconds of one step's two halves. */
  record Seconds(double generation, double update) {
    double all() {
      return generation + update;
    }
  }

  Seconds take(Policy policy, long seed) {
    List<GenerationRequest> requests = new ArrayList<>();
    int[] words = new int[prompt];
    Arrays.fill(words, 5);
    for (int i = 0; i < prompts; i++) {
      requests.add(new GenerationRequest(words, group, Sampling.at(1, completion), seed + i));
    }
    long begin = System.nanoTime();
    List<List<Completion>> answers = policy.generate(requests);
    long generated = System.nanoTime();
    List<TrainingExample> examples = new ArrayList<>();
    float[] scale = new float[completion];
    Arrays.fill(scale, 1f / (prompts * group * completion));
    float[] advantages = new float[completion];
    Arrays.fill(advantages, 0.5f);
    for (List<Completion> answer : answers) {
      for (Completion one : answer) {
        examples.add(
            new TrainingExample(
                new Sequence(words, one.tokens()),
                scale,
                advantages,
                one.logProbs(),
                new float[0]));
      }
    }
    Loss loss = new Loss.ClippedSurrogate(0.2, 0.28, 0, 1);
    policy.update(List.of(new LossTerm("policy-gradient", loss, examples)), OPTIMIZER);
    long end = System.nanoTime();
    return new Seconds((generated - begin) / 1e9, (end - generated) / 1e9);
  }
}
