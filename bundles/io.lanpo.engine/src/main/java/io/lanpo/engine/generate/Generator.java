package io.lanpo.engine.generate;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Generates completions and counts tokens. Equal prompts are prefilled once. */
public final class Generator {
  private final Sampler policy;
  private final Count count;

  public Generator(Sampler policy) {
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
  public record Request(Prompt prompt, Sampling sampling, int completions, long seed) {}

  /**
   * A prompt as tokens with its completions.
   *
   * @param promptTokens {@code [P]}
   * @param completions as many as were asked for
   */
  public record Result(int[] promptTokens, List<Completion> completions) {
    public Result {
      completions = List.copyOf(completions);
    }
  }

  /** Is called with answers while others are still being sampled; see {@link Sampler.Arrival}. */
  @FunctionalInterface
  public interface Listener {
    void answered(int request, Result result);
  }

  public List<Result> generate(List<Request> requests) {
    return generate(requests, (request, result) -> {});
  }

  public List<Result> generate(List<Request> requests, Listener listener) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<GenerationRequest> encoded =
        requests.stream()
            .map(
                r ->
                    new GenerationRequest(
                        tokens(r.prompt()), r.completions(), r.sampling(), r.seed()))
            .toList();
    List<List<Completion>> completions =
        policy.generate(
            encoded, (i, of) -> listener.answered(i, new Result(encoded.get(i).prompt(), of)));
    List<Result> results = new ArrayList<>(requests.size());
    for (int i = 0; i < encoded.size(); i++) {
      count.prompt += encoded.get(i).prompt().length;
      completions.get(i).forEach(c -> count.generated += c.tokens().length);
      results.add(new Result(encoded.get(i).prompt(), completions.get(i)));
    }
    return results;
  }

  /** A prompt as tokens. */
  public int[] tokens(Prompt prompt) {
    return policy.tokenizer().encode(prompt);
  }

  /**
   * A completion as text.
   *
   * @param promptTokens {@code [P]} its prompt
   */
  public Written written(int[] promptTokens, Completion completion) {
    return Written.of(policy.tokenizer(), promptTokens, completion);
  }

  /** Who generates. */
  Sampler policy() {
    return policy;
  }

  public long generatedTokens() {
    return count.generated;
  }

  public long promptTokens() {
    return count.prompt;
  }

  /** Tokens, perhaps of several policies. */
  private static final class Count {
    private long generated;
    private long prompt;
  }
}
