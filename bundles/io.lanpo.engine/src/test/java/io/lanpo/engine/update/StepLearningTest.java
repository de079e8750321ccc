package io.lanpo.engine.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.reward.Verdict;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.generate.Written;
import io.lanpo.engine.rollout.ComposedPrompt;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import io.lanpo.relative.trainingfree.NoObjective;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever an objective says, the policy learns from nothing that is wrong. */
class StepLearningTest {
  private static final FakePolicy POLICY = new FakePolicy(Problems.HALF);

  private record Fixed(
      Function<List<JudgedGroup>, List<double[]>> given,
      BiFunction<JudgedStep, Means, Updates> learned)
      implements Objective.Learning {
    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      return given.apply(groups);
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      return learned.apply(step, means);
    }
  }

  private static String refusal(Function<JudgedStep, Updates> learned) {
    UserException refused =
        assertThrows(
            UserException.class,
            () -> learning(groups -> List.of(), learned).updates(3, List.of(group(1))));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("the objective mine of bundle it 1.0 "), message);
    return message.substring("the objective mine of bundle it 1.0 ".length());
  }

  private static String refusedAdvantages(double... given) {
    return String.valueOf(
        assertThrows(
                UserException.class,
                () ->
                    learning(
                            groups -> Collections.singletonList(given), step -> none(step.number()))
                        .advantages(List.of(group(0).judged(Problems.task(1, 0)))))
            .getMessage());
  }

  private static StepLearning learning(
      Function<List<JudgedGroup>, List<double[]>> given, Function<JudgedStep, Updates> learned) {
    return learning(new Fixed(given, (step, means) -> learned.apply(step)));
  }

  private static StepLearning learning(Objective.Learning objective) {
    return learning(objective, null, new AttendedCalls(() -> false));
  }

  private static StepLearning learning(
      Objective.Learning objective, Scorer reference, AttendedCalls calls) {
    return new StepLearning(
        new Named<>(objective, "objective mine of bundle it 1.0"),
        Problems.task(1, 0),
        new RunMeans(POLICY, reference, null, 1, false, new Randomness(1)),
        calls);
  }

  private static Updates none(int step) {
    return new Updates(step, List.of(), false, Map.of());
  }

  private static Updates update(int token, float scale, float advantage) {
    float[] none = {};
    TrainingExample example =
        new TrainingExample(
            new Sequence(new int[] {1}, new int[] {token}),
            new float[] {scale},
            new float[] {advantage},
            none,
            none);
    return Updates.of(
        3,
        List.of(
            List.of(
                new LossTerm("mine", new Loss.ClippedSurrogate(0.2, 0.2, 0, 1), List.of(example)))),
        Map.of());
  }

  private static Group group(double advantage) {
    return new Group(
        Problems.of(1).get(0),
        List.of(rollout(new Verdict.Scored(1, "test")), rollout(new Verdict.Abstained("test"))),
        1,
        new double[] {advantage, 0},
        true);
  }

  private static Rollout rollout(Verdict verdict) {
    return new Rollout(
        new ComposedPrompt(
            FeedbackMode.SCRATCH,
            false,
            Problems.task(1, 0).pose(Problems.of(1).get(0).question()),
            List.of()),
        new int[] {1},
        new Completion(new int[] {1, 0}, new float[] {-1, -1}, true),
        5,
        Written.plain("1"),
        Optional.of("1"),
        verdict,
        true);
  }

  @Test
  void whatAnObjectiveThrowsIsItsFault() {
    String place = " at io.lanpo.engine.update.StepLearningTest.";
    for (Throwable thrown :
        List.of(
            new IllegalStateException("oh"),
            new StackOverflowError("oh"),
            new OutOfMemoryError("oh"),
            new NoClassDefFoundError("oh"),
            new IOException("oh"))) {
      String message =
          refusal(
              step -> {
                throw StepLearningTest.<RuntimeException>unchecked(thrown);
              });
      assertTrue(
          message.startsWith("threw " + thrown.getClass().getName() + ": oh" + place), message);
    }
  }

  /** Other languages throw checked exceptions where Java may not. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** It is given copies, and what it gave is copied. */
  @Test
  void whatAnObjectiveChangesLaterIsNotTheRuns() {
    List<double[]> given = List.of(new double[] {1, 0});
    StepLearning spoiling =
        learning(
            groups -> given,
            step -> {
              for (JudgedCompletion c : step.groups().get(0).completions()) {
                Arrays.fill(c.prompt(), -1);
                Arrays.fill(c.tokens(), -1);
                Arrays.fill(c.samplingLogProbs(), Float.NaN);
              }
              Arrays.fill(step.advantages().get(0), Double.NaN);
              return new Updates(3, List.of(), true, Map.of());
            });
    Group group = group(0);
    double[] taken = spoiling.advantages(List.of(group.judged(Problems.task(1, 0)))).get(0);
    Arrays.fill(given.get(0), Double.NaN);
    assertArrayEquals(new double[] {1, 0}, taken);
    spoiling.updates(3, List.of(group));
    assertArrayEquals(new double[] {0, 0}, group.advantages());
    for (Rollout rollout : group.rollouts()) {
      assertArrayEquals(new int[] {1}, rollout.promptTokens());
      assertArrayEquals(new int[] {1, 0}, rollout.completion().tokens());
      assertArrayEquals(new float[] {-1, -1}, rollout.completion().logProbs());
    }
  }

  /** A policy is used by one thread; an objective may have its own. */
  @Test
  void thePolicyIsAskedByTheThreadThatWaitsAndOnlyDuringTheCall() {
    AtomicReference<Thread> asker = new AtomicReference<>();
    AtomicReference<Scorer> kept = new AtomicReference<>();
    Scorer reference =
        (sequences, temperature) -> {
          asker.set(Thread.currentThread());
          return POLICY.logProbs(sequences, temperature);
        };
    List<Sequence> one = List.of(new Sequence(new int[] {1}, new int[] {1}));
    StepLearning asking =
        learning(
            new Fixed(
                groups -> List.of(),
                (step, means) -> {
                  kept.set(means.reference());
                  CompletableFuture.runAsync(() -> kept.get().logProbs(one, 1)).join();
                  return none(3);
                }),
            reference,
            new AttendedCalls(() -> false));
    asking.updates(3, List.of(group(0)));
    assertEquals(Thread.currentThread(), asker.get());
    assertTrue(
        assertThrows(IllegalStateException.class, () -> kept.get().logProbs(one, 1))
            .getMessage()
            .contains("until the call in which they were given ends"));
  }

  /** A backend calls it in the midst of an update. */
  @Test
  void aLossOfItsOwnIsTheObjectivesToo() {
    assertTrue(
        refusedLoss(
                (examples, logProbs) -> {
                  throw new StackOverflowError("deep");
                })
            .startsWith("threw java.lang.StackOverflowError: deep at "));
    String nan =
        refusedLoss(
            (examples, logProbs) -> List.of(new TokenLoss.Outcome(0, new float[] {Float.NaN})));
    assertTrue(nan.contains("gave the slope NaN at token 0, for example 0"), nan);
  }

  private static String refusedLoss(TokenLoss loss) {
    LossTerm term = learned(new Loss.Custom(loss, 1)).terms().get(0).get(0);
    String message =
        String.valueOf(
            assertThrows(
                    UserException.class,
                    () ->
                        ((Loss.Custom) term.loss())
                            .outcomes("mine", term.examples(), List.of(new float[] {-1})))
                .getMessage());
    String title = "the objective mine of bundle it 1.0";
    assertTrue(message.startsWith(title), message);
    return message.substring(title.length()).strip();
  }

  @Test
  void anExampleHasWhatItsLossGoesBy() {
    float[] one = {1};
    float[] none = {};
    Sequence known = new Sequence(new int[] {0}, new int[] {0});
    assertEquals(
        "gave the term mine an example without advantages",
        refusal(
            step ->
                updateWith(
                    new Loss.ClippedSurrogate(0.2, 0.2, 0, 1),
                    new TrainingExample(known, one, none, none, none))));
    assertEquals(
        "gave the term mine an example without reference log-probabilities, and its loss has a KL penalty",
        refusal(
            step ->
                updateWith(
                    new Loss.ClippedSurrogate(0.2, 0.2, 0.1, 1),
                    new TrainingExample(known, one, one, none, none))));
  }

  @Test
  void noTermsWhereThereIsSomethingToLearnAreRefusedUnlessThatIsSaid() {
    assertEquals(
        "gave no loss for a step in which there is something to learn", refusal(step -> none(3)));
    Updates idle =
        learning(groups -> List.of(), step -> new Updates(3, List.of(), true, Map.of()))
            .updates(3, List.of(group(1)));
    assertTrue(idle.terms().isEmpty());
  }

  /** Its memory was estimated without an update. */
  @Test
  void aLossOfOneThatDoesNotLearnIsRefused() {
    Objective.Learning none = new NoObjective().open(Settings.defaults(List.of()));
    Objective.Learning frozen =
        new Objective.Learning() {
          @Override
          public boolean learns() {
            return none.learns();
          }

          @Override
          public List<double[]> advantages(List<JudgedGroup> groups) {
            return none.advantages(groups);
          }

          @Override
          public Updates updates(JudgedStep step, Means means) {
            return update(1, 1, 1);
          }
        };
    UserException refused =
        assertThrows(UserException.class, () -> learning(frozen).updates(3, List.of(group(1))));
    assertEquals(
        "the objective mine of bundle it 1.0 gave a loss, and says that it does not learn",
        refused.getMessage());
    assertTrue(learning(none).updates(3, List.of(group(1))).terms().isEmpty());
  }

  @Test
  void termsOfAnotherStepAreRefused() {
    assertEquals(
        "gave updates of step 2 when it was asked for those of step 3", refusal(step -> none(2)));
  }

  @Test
  void whatIsNoNumberDoesNotReachThePolicy() {
    assertTrue(refusal(step -> update(1, Float.NaN, 1)).contains("a scale that is negative"));
    assertTrue(refusal(step -> update(1, -1, 1)).contains("a scale that is negative"));
    assertTrue(refusal(step -> update(1, 1, Float.NaN)).contains("an advantage or a log-prob"));
    assertTrue(refusal(step -> update(1 << 30, 1, 1)).contains("a token that is not one of"));
    assertEquals(
        "gave the figure mine = NaN",
        refusal(step -> new Updates(3, List.of(), true, Map.of("mine", Double.NaN))));
  }

  @Test
  void advantagesHaveTheShapeOfTheGroups() {
    assertTrue(refusedAdvantages(1).contains("gave 1 advantages to a group of 2 completions"));
    assertTrue(refusedAdvantages(Double.NaN, 0).contains("with the reward 1.0"));
    assertTrue(refusedAdvantages(1, 1).contains("to a completion without a reward"));
  }

  @Test
  void aLossThatIsNoneDoesNotReachThePolicy() {
    double infinite = Double.POSITIVE_INFINITY;
    Loss plain = new Loss.ClippedSurrogate(0.2, 0.2, 0, 1);
    assertEquals(1, learned(plain).terms().size());
    assertEquals(1, learned(new Loss.ClippedSurrogate(0.2, infinite, 0, 1)).terms().size());
    for (Loss loss :
        Arrays.asList(
            null,
            new Loss.ClippedSurrogate(0.2, 0.2, infinite, 1),
            new Loss.ClippedSurrogate(0.2, 0.2, 0, infinite),
            new Loss.ClippedSurrogate(0.2, 0.2, 0, 1).withEntropy(infinite))) {
      assertTrue(refusal(step -> updateWith(loss)).contains("gave the term mine the loss"));
    }
  }

  private static Updates learned(Loss loss) {
    return learning(groups -> List.of(), step -> updateWith(loss)).updates(3, List.of(group(1)));
  }

  private static Updates updateWith(Loss loss, TrainingExample example) {
    return Updates.of(3, List.of(List.of(new LossTerm("mine", loss, List.of(example)))), Map.of());
  }

  private static Updates updateWith(Loss loss) {
    float[] one = {1};
    float[] none = {};
    Sequence known = new Sequence(new int[] {0}, new int[] {0});
    return updateWith(loss, new TrainingExample(known, one, one, none, none));
  }

  @Test
  void nullWithinAnAnswerIsTheObjectivesFault() {
    assertTrue(refusedAdvantages((double[]) null).contains("objective mine of bundle it 1.0 "));
    Map<String, Number> figures = new HashMap<>();
    figures.put("mine", null);
    assertEquals(
        "gave the figure mine = null", refusal(step -> new Updates(3, List.of(), true, figures)));
  }
}
