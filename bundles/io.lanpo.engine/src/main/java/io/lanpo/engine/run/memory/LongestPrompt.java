package io.lanpo.engine.run.memory;

import io.lanpo.api.feedback.AbstractionStrategy.Condensing;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.PromptComposer;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How long the prompts of a run may become: those of the longest problems, with an attempt or with
 * lessons as long as the policy may write them.
 */
public final class LongestPrompt {
  /** Characters tell tokens only nearly, so a few candidates are encoded. */
  private static final int CANDIDATES = 16;

  private final MethodComponents parts;
  private final RunSettings settings;
  private final Tokenizer tokenizer;
  private final ComponentCalls calls = new ComponentCalls();
  private final PromptComposer composer;

  /**
   * @param tokenizer of the policy
   */
  public LongestPrompt(MethodComponents parts, RunSettings settings, Tokenizer tokenizer) {
    this.parts = parts;
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.composer =
        new PromptComposer(parts.task(), parts.reflection(), parts.abstraction(), calls);
  }

  /** The longest prompt in tokens; at least 1. */
  public int tokens() {
    return Stream.concat(parts.task().training().stream(), parts.task().heldOut().stream())
        .map(Problem::question)
        .sorted(Comparator.comparingInt((Question q) -> q.text().length()).reversed())
        .limit(CANDIDATES)
        .mapToInt(this::tokens)
        .max()
        .orElse(1);
  }

  /** A word of the question stands for what the policy will write; its length is added. */
  private int tokens(Question question) {
    SamplingSettings sampling = settings.sampling();
    String word = question.text().strip().split("\\s+")[0];
    Attempt attempt = new Attempt(question, word);
    List<Lesson> lessons =
        Collections.nCopies(
            parts.feedback().lessons().most(),
            new Lesson("longest", Lesson.Kind.PRINCIPLE, word, question));
    int ofLessons = lessons.size() * sampling.lesson().maxTokens();
    int answer = sampling.answer().maxTokens();
    int solution = Math.max(answer, sampling.review().maxTokens());
    return Stream.of(
            length(composer.scratch(question).prompt()),
            length(composer.reflect(question, Optional.of(attempt)).prompt()) + answer,
            length(composer.abstraction(question, lessons).prompt()) + ofLessons,
            condensing(by -> by.prompt(question, lessons), ofLessons),
            condensing(
                by -> Optional.of(by.apply(question, word)), sampling.condensing().maxTokens()),
            distilling(attempt, solution))
        .max(Comparator.naturalOrder())
        .orElse(1);
  }

  /** A comparison may show an attempt that was right and one that was not. */
  private int distilling(Attempt attempt, int solution) {
    JudgedAttempt right = new JudgedAttempt(attempt, true);
    boolean compares = parts.abstraction() instanceof GroupAbstraction;
    Optional<Prompt> prompt =
        calls.call(
            ComponentCalls.ABSTRACTION,
            () ->
                parts.abstraction() instanceof GroupAbstraction comparing
                    ? comparing.distil(List.of(right, new JudgedAttempt(attempt, false)))
                    : parts.abstraction().distil(right),
            why -> Optional.empty());
    return prompt.map(this::length).orElse(0) + (compares ? 2 : 1) * solution;
  }

  /** A prompt of a strategy that condenses lessons, with what is written in it; else 0. */
  private int condensing(Function<Condensing, Optional<Prompt>> prompt, int written) {
    return calls
        .call(
            ComponentCalls.ABSTRACTION,
            () -> parts.abstraction().condensing().flatMap(prompt),
            why -> Optional.<Prompt>empty())
        .map(composed -> length(composed) + written)
        .orElse(0);
  }

  private int length(Prompt prompt) {
    return tokenizer.encode(prompt).length;
  }
}
