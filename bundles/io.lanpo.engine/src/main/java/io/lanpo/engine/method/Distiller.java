package io.lanpo.engine.method;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.engine.config.DistillSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Has the policy distil lessons from the attempts of a step. The strategy writes the prompt, the
 * policy the text.
 */
final class Distiller {
  private final AbstractionStrategy abstraction;
  private final DistillSettings settings;
  private final Sampling sampling;
  private final Randomness randomness;
  private final Guard guard;

  Distiller(
      AbstractionStrategy abstraction,
      DistillSettings settings,
      Sampling sampling,
      Randomness randomness,
      Guard guard) {
    this.abstraction = abstraction;
    this.settings = settings;
    this.sampling = sampling;
    this.randomness = randomness;
    this.guard = guard;
  }

  /**
   * What the policy wrote when it was asked for a lesson.
   *
   * @param prompt the prompt
   * @param completion what the policy wrote
   * @param text the same as text
   * @param lesson the lesson in it; empty when there is none
   */
  record Distilled(
      Prompt prompt, Completion completion, String text, Optional<StoredLesson> lesson) {}

  /** The lessons of a step; none when distilling is off. */
  List<StoredLesson> distil(String run, int step, List<Group> groups, Generator generator) {
    return distilled(run, step, groups, generator).stream()
        .flatMap(d -> d.lesson().stream())
        .toList();
  }

  /** What the policy wrote, lesson or not; nothing when distilling is off. */
  List<Distilled> distilled(String run, int step, List<Group> groups, Generator generator) {
    if (!settings.enabled()) {
      return List.of();
    }
    List<JudgedAttempt> attempts = choose(step, groups);
    List<JudgedAttempt> posed = new ArrayList<>();
    List<Generator.Ask> asks = new ArrayList<>();
    for (JudgedAttempt attempt : attempts) {
      prompt(attempt)
          .ifPresent(
              prompt -> {
                long seed = randomness.seed("lesson", step, posed.size());
                posed.add(attempt);
                asks.add(new Generator.Ask(prompt, sampling, 1, seed));
              });
    }
    List<Generator.Answer> answers = generator.generate(asks);
    List<Distilled> distilled = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Completion completion = answers.get(i).completions().get(0);
      JudgedAttempt source = posed.get(i);
      Lesson.Kind kind = source.solved() ? Lesson.Kind.PRINCIPLE : Lesson.Kind.PITFALL;
      String id = "%s/%d/lesson/%d".formatted(run, step, i);
      String text = generator.text(completion);
      distilled.add(
          new Distilled(
              asks.get(i).prompt(),
              completion,
              text,
              lesson(completion, text)
                  .map(found -> new Lesson(id, kind, found, source.attempt().question()))
                  .map(lesson -> new StoredLesson(lesson, run, step))));
    }
    return distilled;
  }

  private Optional<Prompt> prompt(JudgedAttempt attempt) {
    return guard.call(
        Composer.ABSTRACTION, () -> abstraction.distil(attempt), why -> Optional.empty());
  }

  private Optional<String> lesson(Completion completion, String text) {
    if (!completion.finished()) {
      return Optional.empty();
    }
    Optional<String> lesson =
        guard.call(Composer.ABSTRACTION, () -> abstraction.lesson(text), why -> Optional.empty());
    return lesson.filter(found -> !found.isBlank());
  }

  private List<JudgedAttempt> choose(int step, List<Group> groups) {
    RandomGenerator random = randomness.stream("distil", step);
    List<JudgedAttempt> chosen = new ArrayList<>();
    for (Group group : groups) {
      chosen.addAll(some(attempts(group, true), random));
      List<JudgedAttempt> failed = some(attempts(group, false), random);
      if (random.nextDouble() < settings.pitfallShare()) {
        chosen.addAll(failed);
      }
    }
    return chosen;
  }

  private static List<JudgedAttempt> attempts(Group group, boolean solved) {
    return group.rollouts().stream()
        .filter(r -> r.completion().finished() && r.reward().isPresent())
        .filter(r -> (r.reward().getAsDouble() > 0.5) == solved)
        .flatMap(r -> r.solution().stream())
        .filter(s -> !s.isBlank())
        .map(s -> new JudgedAttempt(new Attempt(group.problem().question(), s), solved))
        .toList();
  }

  private List<JudgedAttempt> some(List<JudgedAttempt> attempts, RandomGenerator random) {
    List<JudgedAttempt> left = new ArrayList<>(attempts);
    List<JudgedAttempt> some = new ArrayList<>();
    while (some.size() < settings.perProblem() && !left.isEmpty()) {
      Collections.swap(left, random.nextInt(left.size()), left.size() - 1);
      some.add(left.remove(left.size() - 1));
    }
    return some;
  }
}
