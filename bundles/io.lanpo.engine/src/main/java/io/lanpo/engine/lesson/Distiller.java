package io.lanpo.engine.lesson;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.DistillSettings;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.generate.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Has the policy distil lessons from the attempts of a step. The strategy writes the prompt, the
 * policy the text.
 */
public record Distiller(
    AbstractionStrategy abstraction,
    DistillSettings settings,
    Sampling sampling,
    Randomness randomness,
    ComponentCalls calls) {
  /**
   * What the policy wrote when it was asked for a lesson.
   *
   * @param prompt the prompt
   * @param completion what the policy wrote
   * @param text the same as text
   * @param lesson the lesson in it; empty when there is none
   */
  public record Distilled(
      Prompt prompt, Completion completion, String text, Optional<StoredLesson> lesson) {}

  /**
   * The lessons of a step; none when distilling is off.
   *
   * @param attempts {@code [problems]} the judged attempts at each problem
   */
  public List<StoredLesson> distil(
      String run, int step, List<List<JudgedAttempt>> attempts, Generator generator) {
    return distilled(run, step, attempts, generator).stream()
        .flatMap(d -> d.lesson().stream())
        .toList();
  }

  /** What the policy wrote, lesson or not; nothing when distilling is off. */
  public List<Distilled> distilled(
      String run, int step, List<List<JudgedAttempt>> attempts, Generator generator) {
    if (!settings.enabled()) {
      return List.of();
    }
    List<Asked> asked = asked(step, attempts);
    List<Generator.Request> requests = new ArrayList<>();
    for (Asked one : asked) {
      long seed = randomness.seed("lesson", step, requests.size());
      requests.add(new Generator.Request(one.prompt(), sampling, 1, seed));
    }
    List<Generator.Result> answers = generator.generate(requests);
    List<Distilled> distilled = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Completion completion = answers.get(i).completions().get(0);
      Asked one = asked.get(i);
      String id = "%s/%d/lesson/%d".formatted(run, step, i);
      Written written = generator.written(answers.get(i).promptTokens(), completion);
      distilled.add(
          new Distilled(
              one.prompt(),
              completion,
              written.text(),
              lesson(completion, written.answer())
                  .map(found -> new Lesson(id, one.kind(), found, one.source()))
                  .map(lesson -> new StoredLesson(lesson, run, step))));
    }
    return distilled;
  }

  /** A prompt for a lesson, and what the lesson will be. */
  private record Asked(Prompt prompt, Lesson.Kind kind, Question source) {}

  private List<Asked> asked(int step, List<List<JudgedAttempt>> attempts) {
    List<Asked> asked = new ArrayList<>();
    if (abstraction instanceof GroupAbstraction comparing) {
      RandomGenerator random = randomness.stream("distil", step);
      for (List<JudgedAttempt> ofProblem : attempts) {
        List<JudgedAttempt> group = drawn(ofProblem, ofProblem.size(), random);
        if (!group.isEmpty()) {
          Question source = group.get(0).attempt().question();
          prompt(() -> comparing.distil(group))
              .ifPresent(p -> asked.add(new Asked(p, Lesson.Kind.PRINCIPLE, source)));
        }
      }
    } else {
      for (JudgedAttempt attempt : chosen(step, attempts)) {
        Lesson.Kind kind = attempt.accepted() ? Lesson.Kind.PRINCIPLE : Lesson.Kind.PITFALL;
        prompt(() -> abstraction.distil(attempt))
            .ifPresent(p -> asked.add(new Asked(p, kind, attempt.attempt().question())));
      }
    }
    return asked;
  }

  private Optional<Prompt> prompt(Supplier<Optional<Prompt>> distil) {
    return calls.call(ComponentCalls.ABSTRACTION, distil::get, why -> Optional.empty());
  }

  private Optional<String> lesson(Completion completion, String text) {
    if (!completion.finished()) {
      return Optional.empty();
    }
    Optional<String> lesson =
        calls.call(
            ComponentCalls.ABSTRACTION, () -> abstraction.lesson(text), why -> Optional.empty());
    return lesson.filter(found -> !found.isBlank());
  }

  private List<JudgedAttempt> chosen(int step, List<List<JudgedAttempt>> attempts) {
    RandomGenerator random = randomness.stream("distil", step);
    List<JudgedAttempt> chosen = new ArrayList<>();
    for (List<JudgedAttempt> ofProblem : attempts) {
      chosen.addAll(some(ofProblem, true, random));
      List<JudgedAttempt> failed = some(ofProblem, false, random);
      if (random.nextDouble() < settings.pitfallShare()) {
        chosen.addAll(failed);
      }
    }
    return chosen;
  }

  private List<JudgedAttempt> some(
      List<JudgedAttempt> attempts, boolean solved, RandomGenerator random) {
    return drawn(
        attempts.stream().filter(a -> a.accepted() == solved).toList(),
        settings.perProblem(),
        random);
  }

  /** So many of them in a random order. */
  private static List<JudgedAttempt> drawn(
      List<JudgedAttempt> attempts, int most, RandomGenerator random) {
    List<JudgedAttempt> left = new ArrayList<>(attempts);
    List<JudgedAttempt> some = new ArrayList<>();
    while (some.size() < most && !left.isEmpty()) {
      Collections.swap(left, random.nextInt(left.size()), left.size() - 1);
      some.add(left.remove(left.size() - 1));
    }
    return some;
  }
}
