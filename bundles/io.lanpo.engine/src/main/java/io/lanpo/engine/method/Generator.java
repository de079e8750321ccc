package io.lanpo.engine.method;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Generates completions and counts tokens. Equal prompts are prefilled once. */
final class Generator {
  private final Sampler policy;
  private final Count count;

  Generator(Sampler policy) {
    this(policy, new Count());
  }

  private Generator(Sampler policy, Count count) {
    this.policy = policy;
    this.count = count;
  }

  /** The same over another policy; its tokens are counted here. */
  Generator with(Sampler other) {
    return new Generator(other, count);
  }

  /**
   * What to generate.
   *
   * @param prompt the prompt
   * @param sampling how to sample
   * @param completions how many completions
   * @param seed fixes them
   */
  record Ask(Prompt prompt, Sampling sampling, int completions, long seed) {}

  /**
   * A prompt as tokens with its completions.
   *
   * @param promptTokens {@code [P]}
   * @param completions as many as were asked for
   */
  record Answer(int[] promptTokens, List<Completion> completions) {
    Answer {
      completions = List.copyOf(completions);
    }
  }

  /** Hears of answers while others are still being sampled; see {@link Sampler.Arrival}. */
  @FunctionalInterface
  interface Arrival {
    void answered(int ask, Answer answer);
  }

  List<Answer> generate(List<Ask> asks) {
    return generate(asks, (ask, answer) -> {});
  }

  List<Answer> generate(List<Ask> asks, Arrival arrival) {
    List<GenerationRequest> requests = new ArrayList<>(asks.size());
    for (Ask ask : asks) {
      int[] tokens = tokens(ask.prompt());
      requests.add(new GenerationRequest(tokens, ask.completions(), ask.sampling(), ask.seed()));
    }
    if (requests.isEmpty()) {
      return List.of();
    }
    List<List<Completion>> completions =
        policy.generate(
            requests, (i, of) -> arrival.answered(i, new Answer(requests.get(i).prompt(), of)));
    List<Answer> answers = new ArrayList<>(asks.size());
    for (int i = 0; i < requests.size(); i++) {
      count.prompt += requests.get(i).prompt().length;
      completions.get(i).forEach(c -> count.generated += c.tokens().length);
      answers.add(new Answer(requests.get(i).prompt(), completions.get(i)));
    }
    return answers;
  }

  /** A prompt as tokens. */
  int[] tokens(Prompt prompt) {
    return policy.tokenizer().encode(prompt);
  }

  /** The text of a completion. */
  String text(Completion completion) {
    return policy.tokenizer().decode(completion.tokens());
  }

  /** Who generates. */
  Sampler policy() {
    return policy;
  }

  long generatedTokens() {
    return count.generated;
  }

  long promptTokens() {
    return count.prompt;
  }

  /** Tokens, perhaps of several policies. */
  private static final class Count {
    private long generated;
    private long prompt;
  }
}
