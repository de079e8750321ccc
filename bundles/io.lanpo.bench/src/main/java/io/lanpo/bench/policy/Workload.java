package io.lanpo.bench.policy;

import io.lanpo.api.component.Setting;
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
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Something that a training step asks of a policy, on random tokens.
 *
 * @param kind what is asked
 * @param prompts different prompts
 * @param group completions of each prompt
 * @param prompt tokens of a prompt
 * @param completion tokens of a completion
 * @param common tokens with which all prompts begin alike
 */
record Workload(Kind kind, int prompts, int group, int prompt, int completion, int common) {
  /** A rate that leaves the weights nearly as they are, however often they are updated. */
  private static final AdamW OPTIMIZER = new AdamW(1e-9, .9, .95, 1e-8, 0, 1);

  /** A token costs about so many times as much in an update: backwards is twice forwards. */
  private static final int BACKWARD = 3;

  /** Rows from which on a token of each costs more than one of a single row. */
  private static final int FULL_ROWS = 16;

  /** What is asked of a policy. */
  enum Kind {
    /** Sample completions. */
    GENERATE,
    /** Learn from completions. */
    UPDATE,
    /** Sample completions, then learn from as many. */
    STEP
  }

  /**
   * What a workload came to.
   *
   * @param tokens that count: those that were sampled; in updates and steps those of all sequences,
   *     each with its prompt
   * @param passes tokens times forward passes, a backward pass counting as two; a prompt of a group
   *     counts once, and so does what all prompts begin with
   */
  record Done(long tokens, long passes) {}

  /** One on prompts that have nothing in common. */
  Workload(Kind kind, int prompts, int group, int prompt, int completion) {
    this(kind, prompts, group, prompt, completion, 0);
  }

  /**
   * Its name, e.g. {@code generate 64 x 1, 128 + 128 tokens, 64 in common}: prompts, group, prompt,
   * completion, and what prompts have in common if anything.
   */
  String name() {
    return "%s %d x %d, %d + %d tokens%s"
        .formatted(
            Setting.word(kind),
            prompts,
            group,
            prompt,
            completion,
            common > 0 ? ", " + common + " in common" : "");
  }

  /** Tokens of its longest sequence. */
  int longest() {
    return prompt + completion;
  }

  /** About what it costs, in tokens of a forward pass. */
  long weight() {
    return switch (kind) {
      case GENERATE -> sampling();
      case UPDATE -> BACKWARD * forward();
      case STEP -> sampling() + BACKWARD * forward();
    };
  }

  private long forward() {
    return promptTokens() + (long) prompts * group * completion;
  }

  /** The same for sampling, where a few rows take as long as some more: all weights are read. */
  private long sampling() {
    return promptTokens() + (long) Math.max(FULL_ROWS, prompts * group) * completion;
  }

  /** Tokens of the different prompts. */
  private long promptTokens() {
    return common + (long) prompts * (prompt - common);
  }

  /** Does it. */
  Done run(Policy policy) {
    long all = (long) prompts * group * longest();
    return switch (kind) {
      case GENERATE -> {
        long sampled = generate(policy);
        yield new Done(sampled, promptTokens() + sampled);
      }
      case UPDATE -> {
        update(policy);
        yield new Done(all, BACKWARD * forward());
      }
      case STEP -> {
        long sampled = generate(policy);
        update(policy);
        yield new Done(all, promptTokens() + sampled + BACKWARD * forward());
      }
    };
  }

  private long generate(Policy policy) {
    Sampling whole = new Sampling(1, 0, 1, 0, completion, List.of(), true);
    List<GenerationRequest> requests =
        IntStream.range(0, prompts)
            .mapToObj(p -> new GenerationRequest(promptOf(policy, p), group, whole, p))
            .toList();
    return policy.rollouts().generate(requests).stream()
        .flatMap(List::stream)
        .map(Completion::tokens)
        .mapToLong(tokens -> tokens.length)
        .sum();
  }

  private void update(Policy policy) {
    List<TrainingExample> examples = new ArrayList<>();
    float[] scale = new float[completion];
    Arrays.fill(scale, 1f / (prompts * group * completion));
    for (int i = 0; i < prompts * group; i++) {
      float[] advantages = new float[completion];
      Arrays.fill(advantages, i % 2 == 0 ? 1 : -1);
      Sequence sequence =
          new Sequence(promptOf(policy, i / group), tokens(policy, completion, 1000 + i));
      examples.add(new TrainingExample(sequence, scale, advantages, new float[0], new float[0]));
    }
    Loss loss = new Loss.ClippedSurrogate(.2, .2, 0, 1);
    policy.update(List.of(new LossTerm("policy-gradient", loss, examples)), OPTIMIZER);
  }

  private int[] promptOf(Policy policy, int number) {
    int[] all = tokens(policy, prompt, number);
    System.arraycopy(tokens(policy, prompt, 0), 0, all, 0, common);
    return all;
  }

  private static int[] tokens(Policy policy, int length, int seed) {
    return new Random(seed).ints(length, 0, policy.tokenizer().vocabularySize()).toArray();
  }
}
