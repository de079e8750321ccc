package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.FeedbackPlanner;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.FakeStrategies;
import io.lanpo.engine.fixture.FakeVerifier;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.lesson.RelevantLessons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectorTest {
  private static final String[] ALL_MODES = {
    "planner.ratio", "0.5", "planner.reflect-share", "0.5", "planner", "within-group"
  };

  private final FakePolicy policy = new FakePolicy(Problems.HALF);
  private final MemoryPool pool = new MemoryPool();

  private StepRollouts collect(FakeStrategies strategies, String... values) {
    return collector(strategies, values).collect(1, policy);
  }

  private Collector collector(FakeStrategies strategies, String... values) {
    FakeMethod method = Problems.method(values);
    return collector(method, strategies, method.feedback());
  }

  private Collector collector(
      FakeMethod method, FakeStrategies strategies, FeedbackComponents feedback) {
    RunSettings settings = method.settings();
    MethodComponents parts =
        new FakeMethod(settings, feedback, method.learning())
            .parts(Problems.task(6, 0), FakeVerifier.otherwise(0), strategies, strategies, pool);
    return new Collector(
        settings,
        parts,
        new RelevantLessons(pool, parts.scorer(), settings.feedback(), feedback.lessons()),
        groups -> groups.stream().map(g -> new double[g.completions().size()]).toList(),
        new Randomness(settings.seed()),
        Runnable::run);
  }

  private static long count(StepRollouts step, FeedbackMode mode) {
    return step.groups().stream()
        .flatMap(g -> g.rollouts().stream())
        .filter(r -> r.composed().mode() == mode)
        .count();
  }

  @Test
  void reviewsAreOfThisStepsAttemptsAtTheSameProblem() {
    StepRollouts step = collect(new FakeStrategies(), ALL_MODES);
    assertEquals(4, count(step, FeedbackMode.REFLECT));
    for (Group group : step.groups()) {
      List<String> plain =
          group.rollouts().stream()
              .filter(r -> r.composed().mode() == FeedbackMode.SCRATCH)
              .map(Rollout::text)
              .toList();
      String question = group.problem().question().text();
      for (Rollout rollout : group.rollouts()) {
        if (rollout.composed().mode() == FeedbackMode.REFLECT) {
          String prompt = rollout.composed().prompt().text();
          assertTrue(
              plain.stream().anyMatch(a -> prompt.equals("review " + question + " attempt " + a)),
              prompt);
        }
      }
    }
  }

  /** In the first epoch neither the group nor the pool has an attempt of such a problem. */
  @Test
  void aGroupOfReviewsHasItsAttemptSampledBeside() {
    StepRollouts step =
        collect(
            new FakeStrategies(),
            "planner.ratio",
            "0.5",
            "planner.reflect-share",
            "1",
            "planner",
            "per-prompt");
    assertEquals(8, count(step, FeedbackMode.REFLECT));
    assertEquals(2, step.figures().attempts().count());
    long ofGroups =
        step.groups().stream()
            .flatMap(g -> g.rollouts().stream())
            .mapToLong(r -> r.completion().tokens().length)
            .sum();
    assertTrue(step.figures().attempts().tokens() > 0);
    assertEquals(ofGroups + step.figures().attempts().tokens(), step.figures().generatedTokens());
    for (Group group : step.groups()) {
      assertEquals(4, group.rollouts().size(), "it takes no part in the group");
      assertTrue(group.rollouts().stream().noneMatch(r -> r.composed().fellBack()));
      assertEquals(
          1, group.rollouts().stream().map(r -> r.composed().prompt().text()).distinct().count());
    }
  }

  @Test
  void theBlindControlHasTheAttemptOfTheOtherProblemSampled() {
    StepRollouts step =
        collect(
            new FakeStrategies(),
            "planner.ratio",
            "1",
            "planner.reflect-share",
            "1",
            "attempts",
            "other");
    assertEquals(16, count(step, FeedbackMode.REFLECT));
    assertEquals(4, step.figures().attempts().count());
  }

  @Test
  void whatIsInThePoolIsNotSampledAgain() {
    for (int i = 1; i <= 6; i++) {
      pool.add(List.of(trial(new Question("p" + i, "q" + i + " ?"), "attempt" + i)));
    }
    String[] reviews = {"planner.ratio", "1", "planner.reflect-share", "1"};
    StepRollouts step = collect(new FakeStrategies(), reviews);
    assertEquals(0, step.figures().attempts().count());
    assertEquals(16, count(step, FeedbackMode.REFLECT));
  }

  @Test
  void onlyEarlierStepsAreShownWhereOnlyTheyAreAskedFor() {
    StepRollouts step =
        collect(
            new FakeStrategies(),
            "planner.ratio",
            "1",
            "planner.reflect-share",
            "1",
            "attempts",
            "pool");
    assertEquals(0, count(step, FeedbackMode.REFLECT));
    assertEquals(0, step.figures().attempts().count());
  }

  /** What was right is not reviewed, and each failure once; the rest are plain questions. */
  @Test
  void aSelectorThatIsToldVerdictsReviewsWhatFailed() {
    StepRollouts step =
        collect(new FakeStrategies(), "planner", "experiential", "attempts", "failed");
    int reviewed = 0;
    for (Group group : step.groups()) {
      List<String> failed =
          group.rollouts().subList(0, 2).stream()
              .filter(r -> !r.accepted())
              .map(Rollout::text)
              .toList();
      List<Rollout> reviews =
          group.rollouts().stream()
              .filter(r -> r.composed().mode() == FeedbackMode.REFLECT)
              .toList();
      String question = group.problem().question().text();
      assertEquals(
          failed.stream().map(a -> "review " + question + " attempt " + a).toList(),
          reviews.stream().map(r -> r.composed().prompt().text()).toList());
      reviewed += reviews.size();
    }
    assertEquals(
        8 - reviewed,
        step.groups().stream()
            .flatMap(g -> g.rollouts().stream())
            .filter(r -> r.composed().fellBack())
            .count());
    assertTrue(reviewed > 0 && reviewed < 8, reviewed + " reviews show nothing");
  }

  /** It could not be told from a blind one by what a run says of itself. */
  @Test
  void aSelectorThatHidesThatItSeesVerdictsIsRefused() {
    JudgedAttemptSelector.JudgedSelection told =
        (attempts, judged, question, turn, seed) -> Optional.empty();
    AttemptSelector hidden = settings -> told;
    UserException refused =
        assertThrows(
            UserException.class,
            () -> FeedbackComponents.open(hidden, Settings.defaults(List.of())));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("is no JudgedAttemptSelector"),
        refused.getMessage());
  }

  private static Experience trial(Question question, String attempt) {
    return new Experience(
        "old/" + question.id(),
        "old",
        1,
        0,
        question,
        FeedbackMode.SCRATCH,
        List.of(),
        attempt,
        true,
        new Experience.Outcome(Experience.Outcome.Kind.SCORED, 0, false, 0, "test"));
  }

  @Test
  void withoutLessonsTheQuestionIsPosedPlainly() {
    StepRollouts step = collect(new FakeStrategies(), ALL_MODES);
    assertEquals(0, count(step, FeedbackMode.ABSTRACT));
    assertEquals(
        4,
        step.groups().stream()
            .flatMap(g -> g.rollouts().stream())
            .filter(r -> r.composed().fellBack())
            .count());
  }

  @Test
  void lessonsOfOtherProblemsAreShown() {
    Question elsewhere = new Question("p99", "q99 ?");
    pool.addLessons(
        List.of(
            new StoredLesson(
                new Lesson("l", Lesson.Kind.PRINCIPLE, "carry the ten", elsewhere), "old", 1)));
    StepRollouts step = collect(new FakeStrategies(), ALL_MODES);
    assertEquals(4, count(step, FeedbackMode.ABSTRACT));
    assertTrue(policy.prompts().stream().anyMatch(p -> p.contains("lessons carry the ten for q")));
  }

  @Test
  void aStrategyThatFailsCostsItsFeedbackAndIsCounted() {
    FakeStrategies broken =
        new FakeStrategies() {
          @Override
          public java.util.Optional<io.lanpo.api.task.Prompt> reflect(
              Question question, io.lanpo.api.feedback.Attempt attempt) {
            throw new IllegalStateException("broken");
          }
        };
    StepRollouts step = collect(broken, ALL_MODES);
    assertEquals(0, count(step, FeedbackMode.REFLECT));
    assertEquals(4, step.figures().strategies().total());
    assertEquals(16, step.groups().stream().mapToInt(g -> g.rollouts().size()).sum());
  }

  @Test
  void whatWasCollectedBeforeAStopIsJudgedAgainAndTheSame() {
    Collector collector = collector(new FakeStrategies(), ALL_MODES);
    StepRollouts collected = collector.collect(1, policy);
    StepRollouts restored = collector.restore(PendingStep.of(collected), policy.tokenizer());
    assertEquals(collected.figures(), restored.figures());
    for (int i = 0; i < collected.groups().size(); i++) {
      List<Rollout> then = collected.groups().get(i).rollouts();
      List<Rollout> now = restored.groups().get(i).rollouts();
      assertEquals(
          then.stream().map(Rollout::text).toList(), now.stream().map(Rollout::text).toList());
      assertEquals(
          then.stream().map(Rollout::verdict).toList(),
          now.stream().map(Rollout::verdict).toList());
    }
  }

  /** Where the data of the task was changed meanwhile. */
  @Test
  void whatWasCollectedOfOtherProblemsIsRefused() {
    Collector collector = collector(new FakeStrategies(), ALL_MODES);
    PendingStep left = PendingStep.of(collector.collect(1, policy));
    List<List<PendingStep.Line>> turned = new ArrayList<>(left.rollouts());
    Collections.reverse(turned);
    List<List<PendingStep.Line>> fewer = left.rollouts().subList(1, left.rollouts().size());
    List<List<PendingStep.Line>> more = new ArrayList<>(left.rollouts());
    more.add(left.rollouts().get(0));
    for (List<List<PendingStep.Line>> others : List.of(turned, fewer, more)) {
      PendingStep changed =
          new PendingStep(
              left.step(), left.policyVersion(), others, left.figures(), left.seconds());
      UserException refusal =
          assertThrows(UserException.class, () -> collector.restore(changed, policy.tokenizer()));
      assertTrue(refusal.getMessage().contains("step 1 "), refusal.getMessage());
    }
  }

  /** Strategies and selectors are written by anybody; a failure costs the feedback and no more. */
  @Test
  void aSelectorThatFailsCostsItsFeedbackAndIsCounted() {
    FakeMethod method = Problems.method(ALL_MODES);
    StepRollouts step =
        collector(
                method,
                new FakeStrategies(),
                new FeedbackComponents(
                    method.feedback().planner(),
                    new Named<>(
                        (attempts, question, turn, seed) -> {
                          throw new IllegalStateException("broken");
                        },
                        "attempt selector"),
                    method.feedback().lessons()))
            .collect(1, policy);
    assertEquals(0, count(step, FeedbackMode.REFLECT));
    assertEquals(4, step.figures().strategies().total());
  }

  @Test
  void aPlanOfAnotherShapeStopsTheRunAndNamesThePlanner() {
    FakeMethod method = Problems.method(ALL_MODES);
    FeedbackPlanner.Plan narrow =
        (step, problems, groupSize, seed) -> List.of(List.of(FeedbackMode.SCRATCH));
    FeedbackComponents feedback =
        new FeedbackComponents(
            StepPlanner.of(
                new Named<>(narrow, "feedback planner narrow of bundle it 1.0"), method.settings()),
            method.feedback().attempts(),
            method.feedback().lessons());
    UserException refused =
        assertThrows(
            UserException.class,
            () -> collector(method, new FakeStrategies(), feedback).collect(1, policy));
    assertEquals(
        "the feedback planner narrow of bundle it 1.0 returned a plan that is not one of 4 problems"
            + " with 4 completions each",
        refused.getMessage());
  }
}
