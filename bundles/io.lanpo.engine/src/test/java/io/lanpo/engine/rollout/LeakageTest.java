package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.generate.Written;
import io.lanpo.feedback.OtherAttempts;
import io.lanpo.feedback.OwnAttempts;
import io.lanpo.feedback.PastAttempts;
import io.lanpo.relative.experiential.FailedAttempts;
import io.lanpo.tasks.micro.MicroWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reflection is agnostic of rewards: whatever rewards, verdicts and explanations a pool holds, the
 * prompts of reviews do not change by a character. Where a selector is told what failed, they go by
 * that and by nothing else.
 */
class LeakageTest {
  private static final int PROBLEMS = 12;
  private static final int TRIALS = 5;

  @TempDir Path folder;

  @RepeatedTest(10)
  void rewardsAndAnswersDoNotChangeAReviewPrompt(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    MicroWorld world = new MicroWorld();
    Task task = world.open(Settings.defaults(world.settings()), repetition.getCurrentRepetition());
    List<Question> questions =
        task.training().stream().limit(PROBLEMS).map(p -> p.question()).toList();
    List<Experience> trials = trials(questions, random);
    List<Experience> permuted = permuted(trials, random);
    for (AttemptSelector attempts :
        List.of(new OwnAttempts(), new PastAttempts(), new OtherAttempts())) {
      String name = attempts.getClass().getSimpleName();
      List<String> first = reviews(task, questions, trials, attempts, folder.resolve("a" + name));
      List<String> second =
          reviews(task, questions, permuted, attempts, folder.resolve("b" + name));
      assertEquals(first, second);
      assertFalse(first.isEmpty());
      Set<String> seen = new HashSet<>();
      trials.forEach(t -> seen.add(t.outcome().explanation()));
      for (String prompt : first) {
        seen.forEach(secret -> assertFalse(prompt.contains(secret), prompt));
      }
    }
  }

  /** Nor is a text that it was shown for another review, once it is not offered any more. */
  @Test
  void aSelectorCannotBringBackWhatItWasShownBefore() {
    List<String> hoard = new ArrayList<>();
    ComponentCalls calls = new ComponentCalls();
    AttemptChoice choice =
        new AttemptChoice(
            new Named<>(
                (attempts, question, turn, seed) -> {
                  if (hoard.isEmpty()) {
                    hoard.addAll(attempts.ofStep(question));
                  }
                  return Optional.of(hoard.get(0));
                },
                "attempt selector"),
            new MemoryPool(),
            new Randomness(1),
            calls);
    RolloutBatch batch =
        new RolloutBatch(
            List.of(secret(Trials.question(1)), secret(Trials.question(2))),
            Collections.nCopies(2, List.of(FeedbackMode.REFLECT)));
    batch.addAttempt(0, "the first");
    batch.addAttempt(1, "the second");
    List<RolloutBatch.Slot> slots = batch.slots(Set.of(FeedbackMode.REFLECT));
    assertEquals("the first", choice.choose(1, batch, slots.get(0)).orElseThrow().text());
    assertEquals(Optional.empty(), choice.choose(1, batch, slots.get(1)));
    assertEquals(1, calls.take().total());
  }

  private static Problem secret(Question question) {
    return new Problem(question, new AnswerKey("secret"), Map.of());
  }

  /** Of two verdicts that differ in all but this a selector that is told them makes the same. */
  @RepeatedTest(3)
  void ofAVerdictNothingIsToldButThatTheAttemptFailed(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Question question = Trials.question(1);
    List<Boolean> accepted = List.of(false, true, false, random.nextBoolean());
    List<String> first = reviewsOfFailures(question, accepted, random.nextDouble(), "secret one");
    List<String> second = reviewsOfFailures(question, accepted, random.nextDouble(), "secret two");
    assertEquals(first, second);
    assertEquals(accepted.stream().filter(a -> !a).count(), first.size());
    first.forEach(prompt -> assertFalse(prompt.contains("secret"), prompt));
  }

  private static List<String> reviewsOfFailures(
      Question question, List<Boolean> accepted, double reward, String explanation) {
    FailedAttempts failed = new FailedAttempts();
    ComponentCalls calls = new ComponentCalls();
    AttemptChoice choice =
        new AttemptChoice(
            new Named<>(
                FeedbackComponents.open(failed, Settings.defaults(failed.settings())),
                "attempt selector"),
            new MemoryPool(),
            new Randomness(1),
            calls);
    RolloutBatch batch =
        new RolloutBatch(
            List.of(secret(question)),
            List.of(Collections.nCopies(accepted.size(), FeedbackMode.REFLECT)));
    for (int i = 0; i < accepted.size(); i++) {
      String text = "attempt " + i;
      batch.add(
          0,
          new Rollout(
              new ComposedPrompt(
                  FeedbackMode.SCRATCH, false, new Prompt.Plain(question.text()), List.of()),
              new int[] {1},
              new Completion(new int[] {2}, new float[] {-1}, true),
              8,
              Written.plain(text),
              Optional.of(text),
              new Verdict.Scored(reward, explanation),
              accepted.get(i)));
    }
    List<String> prompts = new ArrayList<>();
    for (RolloutBatch.Slot slot : batch.slots(Set.of(FeedbackMode.REFLECT))) {
      choice
          .choose(1, batch, slot)
          .flatMap(attempt -> new Review().reflect(question, attempt))
          .ifPresent(prompt -> prompts.add(prompt.text()));
    }
    return prompts;
  }

  /** Prompts as a training step composes them from a pool and this step's plain attempts. */
  private static List<String> reviews(
      Task task,
      List<Question> questions,
      List<Experience> trials,
      AttemptSelector attempts,
      Path path) {
    try (ExperiencePool pool = Trials.pool(path)) {
      pool.add(trials);
      ComponentCalls calls = new ComponentCalls();
      AttemptChoice choice =
          new AttemptChoice(
              new Named<>(
                  attempts.open(Settings.defaults(attempts.settings())), "attempt selector"),
              pool,
              new Randomness(1),
              calls);
      PromptComposer composer = new PromptComposer(task, new Review(), new NoLessons(), calls);
      RolloutBatch batch =
          new RolloutBatch(
              questions.stream().map(LeakageTest::secret).toList(),
              Collections.nCopies(questions.size(), Collections.nCopies(2, FeedbackMode.REFLECT)));
      for (int i = 0; i < questions.size(); i++) {
        if (i % 3 != 0) {
          batch.addAttempt(i, "plain attempt " + i);
          batch.addAttempt(i, "another " + i);
        }
      }
      List<String> prompts = new ArrayList<>();
      for (RolloutBatch.Slot slot : batch.slots(Set.of(FeedbackMode.REFLECT))) {
        ComposedPrompt composed =
            composer.reflect(questions.get(slot.problem()), choice.choose(1, batch, slot));
        if (composed.mode() == FeedbackMode.REFLECT) {
          prompts.add(composed.prompt().text());
        }
      }
      return prompts;
    }
  }

  private static List<Experience> trials(List<Question> questions, Random random) {
    List<Experience> trials = new ArrayList<>();
    for (int i = 0; i < questions.size() * TRIALS; i++) {
      double reward = random.nextInt(2) + random.nextInt(1000) / 7919.0;
      trials.add(
          Trials.plain(
              "t" + i,
              questions.get(random.nextInt(questions.size())),
              "attempt number " + i,
              reward));
    }
    return trials;
  }

  /** The same trials with outcomes dealt out again. */
  private static List<Experience> permuted(List<Experience> trials, Random random) {
    List<Experience.Outcome> outcomes =
        new ArrayList<>(trials.stream().map(Experience::outcome).toList());
    Collections.shuffle(outcomes, random);
    List<Experience> permuted = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Experience t = trials.get(i);
      permuted.add(
          new Experience(
              t.id(),
              t.run(),
              t.step(),
              t.policyVersion(),
              t.question(),
              t.mode(),
              t.lessons(),
              t.attempt(),
              t.finished(),
              outcomes.get(i)));
    }
    return permuted;
  }

  private static final class Review implements ReflectionStrategy {
    @Override
    public Optional<Prompt> reflect(Question question, Attempt attempt) {
      return Optional.of(new Prompt.Plain(question.text() + " | " + attempt.text()));
    }

    @Override
    public Optional<String> solution(String review) {
      return Optional.of(review);
    }
  }

  private static final class NoLessons implements AbstractionStrategy {
    @Override
    public Optional<Prompt> distil(JudgedAttempt attempt) {
      return Optional.empty();
    }

    @Override
    public Optional<String> lesson(String completion) {
      return Optional.empty();
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      throw new IllegalStateException("no lesson is ever chosen here");
    }
  }
}
