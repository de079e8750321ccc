package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Problem;
import io.lanpo.engine.call.CallCounts;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Composes prompts, has completions sampled and judges each as soon as it is there: the same in a
 * training step, an evaluation and a cold start.
 */
public final class RolloutSampler {
  private final SamplingSettings sampling;
  private final Executor verification;
  private final ComponentCalls strategies = new ComponentCalls();
  private final PromptComposer composer;
  private final LessonPrompts withLessons;
  private final VerifierCalls verifier;

  /** Judges in the thread that samples. */
  public RolloutSampler(MethodComponents parts, SamplingSettings sampling) {
    this(parts, sampling, Runnable::run);
  }

  /**
   * @param verification where completions are judged
   */
  public RolloutSampler(MethodComponents parts, SamplingSettings sampling, Executor verification) {
    this.sampling = sampling;
    this.verification = verification;
    this.composer =
        new PromptComposer(parts.task(), parts.reflection(), parts.abstraction(), strategies);
    this.withLessons = new LessonPrompts(composer, sampling.condensing());
    this.verifier = new VerifierCalls(parts.verifier());
  }

  /**
   * A prompt to sample completions of.
   *
   * @param problem the problem that completions are judged against
   * @param prompt its prompt
   * @param completions how many
   * @param seed fixes them
   */
  public record Request(Problem problem, ComposedPrompt prompt, int completions, long seed) {}

  /** Composes prompts. */
  public PromptComposer composer() {
    return composer;
  }

  /** Composes those that show lessons. */
  public LessonPrompts withLessons() {
    return withLessons;
  }

  /**
   * Samples, and begins to judge.
   *
   * @return waits until all are judged: {@code [requests]} the rollouts of each
   */
  public Supplier<List<List<Rollout>>> sample(List<Request> requests, Generator generator) {
    List<List<Future<Rollout>>> rollouts =
        new ArrayList<>(Collections.nCopies(requests.size(), List.of()));
    generator.generate(
        requests.stream()
            .map(
                r ->
                    new Generator.Request(
                        r.prompt().prompt(), sampling(r.prompt()), r.completions(), r.seed()))
            .toList(),
        (i, result) -> {
          List<Future<Rollout>> judged = new ArrayList<>();
          for (Completion completion : result.completions()) {
            judged.add(
                judge(
                    requests.get(i).problem(),
                    requests.get(i).prompt(),
                    result.promptTokens(),
                    completion,
                    generator.written(result.promptTokens(), completion)));
          }
          rollouts.set(i, judged);
        });
    return () -> rollouts.stream().map(of -> of.stream().map(Background::result).toList()).toList();
  }

  /**
   * Begins to judge a completion.
   *
   * @param promptTokens {@code [P]} the prompt as the policy saw it
   * @param written the completion as text
   */
  Future<Rollout> judge(
      Problem problem,
      ComposedPrompt prompt,
      int[] promptTokens,
      Completion completion,
      Written written) {
    Optional<String> solution = composer.solution(prompt.mode(), written.answer());
    return CompletableFuture.supplyAsync(
        () -> {
          VerifierCalls.Judgement judgement =
              verifier.judge(problem, solution, completion.finished(), written.endless());
          return new Rollout(
              prompt,
              promptTokens,
              completion,
              sampling(prompt).maxTokens(),
              written,
              solution,
              judgement.verdict(),
              judgement.accepted());
        },
        verification);
  }

  /** The final answer in a rollout as the verifier reads it; empty when it does not say. */
  public Optional<String> answer(Rollout rollout) {
    return verifier.answer(rollout.solution(), rollout.completion().finished());
  }

  /** Calls and failures of the strategies since they were taken last. */
  CallCounts takeStrategyCalls() {
    return strategies.take();
  }

  /** Calls and failures of the verifier since they were taken last. */
  CallCounts takeVerifierCalls() {
    return verifier.take();
  }

  private Sampling sampling(ComposedPrompt prompt) {
    return prompt.mode() == FeedbackMode.REFLECT ? sampling.review() : sampling.answer();
  }
}
