package io.lanpo.engine.method;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Generates completions and counts tokens. Equal prompts are prefilled once. */
final class Generator {
  private final Policy policy;
  private final Count count;

  Generator(Policy policy) {
    this(policy, new Count());
  }

  private Generator(Policy policy, Count count) {
    this.policy = policy;
    this.count = count;
  }

  /** The same over another policy; its tokens are counted here. */
  Generator with(Policy other) {
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

  List<Answer> generate(List<Ask> asks) {
    List<GenerationRequest> requests = new ArrayList<>(asks.size());
    for (Ask ask : asks) {
      int[] tokens = tokens(ask.prompt());
      requests.add(new GenerationRequest(tokens, ask.completions(), ask.sampling(), ask.seed()));
    }
    List<List<Completion>> completions = requests.isEmpty() ? List.of() : policy.generate(requests);
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
  Policy policy() {
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
