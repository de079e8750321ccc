package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.AbstractionStrategy.Condensing;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.lesson.RelevantLessons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Composes prompts with lessons: has them chosen and, where the abstraction strategy condenses,
 * made one text of by the policy under training, for all questions in one call.
 *
 * <p>Where it condenses, all prompts of a question that are composed together share one choice of
 * lessons and one text: it is paid for once, and a group whose completions all have lessons has one
 * prompt. A text that the policy does not finish or that is blank costs nothing but the condensing:
 * the lessons are shown as they are, and it is counted.
 *
 * <p>For one thread at a time.
 */
public final class LessonPrompts {
  private final PromptComposer composer;
  private final Sampling sampling;
  private final Optional<Condensing> condensing;
  private StepRollouts.Condensed counted = StepRollouts.Condensed.NONE;

  /**
   * @param sampling how the policy condenses
   */
  LessonPrompts(PromptComposer composer, Sampling sampling) {
    this.composer = composer;
    this.sampling = sampling;
    this.condensing =
        composer
            .calls()
            .call(
                ComponentCalls.ABSTRACTION,
                () -> composer.abstraction().condensing(),
                why -> Optional.empty());
  }

  /**
   * A prompt to compose.
   *
   * @param question the question at hand
   * @param choiceSeed fixes the choice of lessons
   * @param condensingSeed fixes what the policy writes when it condenses them
   */
  public record Wanted(Question question, long choiceSeed, long condensingSeed) {}

  /**
   * Composes prompts; plain where there are no lessons.
   *
   * @param lessons from which to choose
   * @param generator has the policy condense, and counts its tokens
   * @return a prompt for each that is wanted, in their order
   */
  public List<ComposedPrompt> compose(
      List<Wanted> wanted, RelevantLessons lessons, Generator generator) {
    if (condensing.isEmpty()) {
      return wanted.stream()
          .map(one -> composer.abstraction(one.question(), choose(one, lessons)))
          .toList();
    }
    Map<Question, ComposedPrompt> byQuestion =
        condensed(condensing.get(), wanted, lessons, generator);
    return wanted.stream()
        .map(one -> Objects.requireNonNull(byQuestion.get(one.question())))
        .toList();
  }

  /** What was condensed since it was taken last. */
  StepRollouts.Condensed take() {
    StepRollouts.Condensed taken = counted;
    counted = StepRollouts.Condensed.NONE;
    return taken;
  }

  private List<Lesson> choose(Wanted one, RelevantLessons lessons) {
    return lessons.select(one.question(), one.choiceSeed(), composer.calls());
  }

  private Map<Question, ComposedPrompt> condensed(
      Condensing by, List<Wanted> wanted, RelevantLessons lessons, Generator generator) {
    Map<Question, List<Lesson>> chosen = new LinkedHashMap<>();
    List<Question> asked = new ArrayList<>();
    List<Generator.Request> requests = new ArrayList<>();
    for (Wanted one : wanted) {
      if (chosen.containsKey(one.question())) {
        continue;
      }
      List<Lesson> some = choose(one, lessons);
      chosen.put(one.question(), some);
      prompt(by, one.question(), some)
          .ifPresent(
              prompt -> {
                asked.add(one.question());
                requests.add(new Generator.Request(prompt, sampling, 1, one.condensingSeed()));
              });
    }
    Map<Question, String> texts = texts(by, asked, requests, generator);
    Map<Question, ComposedPrompt> composed = new LinkedHashMap<>();
    chosen.forEach(
        (question, some) ->
            composed.put(
                question,
                Optional.ofNullable(texts.get(question))
                    .map(text -> composer.condensed(question, some, by, text))
                    .orElseGet(() -> composer.abstraction(question, some))));
    asked.stream()
        .filter(question -> !texts.containsKey(question))
        .forEach(
            question ->
                composed.computeIfPresent(question, (same, prompt) -> prompt.withoutText()));
    return composed;
  }

  private Optional<Prompt> prompt(Condensing by, Question question, List<Lesson> lessons) {
    return lessons.isEmpty()
        ? Optional.empty()
        : composer
            .calls()
            .call(
                ComponentCalls.ABSTRACTION,
                () -> by.prompt(question, lessons),
                why -> Optional.empty());
  }

  /** What the policy has condensed, of the questions for which it wrote a text. */
  private Map<Question, String> texts(
      Condensing by, List<Question> asked, List<Generator.Request> requests, Generator generator) {
    Map<Question, String> texts = new LinkedHashMap<>();
    List<Generator.Result> answers = generator.generate(requests);
    long tokens = 0;
    for (int i = 0; i < answers.size(); i++) {
      Completion completion = answers.get(i).completions().get(0);
      tokens += completion.tokens().length;
      Question question = asked.get(i);
      String written = generator.written(answers.get(i).promptTokens(), completion).answer();
      text(by, completion, written).ifPresent(text -> texts.put(question, text));
    }
    counted = counted.plus(texts.size(), asked.size() - texts.size(), tokens);
    return texts;
  }

  private Optional<String> text(Condensing by, Completion completion, String written) {
    return completion.finished()
        ? composer
            .calls()
            .call(
                ComponentCalls.ABSTRACTION, () -> by.text(written), why -> Optional.<String>empty())
            .filter(text -> !text.isBlank())
        : Optional.empty();
  }
}
