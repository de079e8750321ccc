package io.lanpo.relative.experiential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.tokenizer.TokenizerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BothAttemptsTest {
  private static final Tokenizer WORDS =
      new TokenizerFactory().ofWords(List.of("q", "?", "answer", "7", "review"));
  private static final Prompt PLAIN = new Prompt.Plain("q ?");
  private static final int[] REVIEWING = WORDS.encode(new Prompt.Plain("q ? review"));

  /** Of one in three rewards: 2/3 and −1/3 over a deviation of √(1/3); of one in two: ±1/2. */
  private static final double RIGHT_OF_THREE = 2 / 3.0 / (Math.sqrt(1 / 3.0) + 1e-4);

  private static final double WRONG_OF_THREE = -RIGHT_OF_THREE / 2;
  private static final double OF_TWO = 0.5 / (Math.sqrt(0.5) + 1e-4);

  private static final List<JudgedCompletion> GROUP =
      List.of(
          completion(FeedbackMode.SCRATCH, 1),
          completion(FeedbackMode.REFLECT, 0),
          completion(FeedbackMode.SCRATCH, 0),
          completion(FeedbackMode.REFLECT, 1),
          completion(FeedbackMode.ABSTRACT, 0));

  private static JudgedCompletion completion(FeedbackMode mode, double reward) {
    boolean review = mode == FeedbackMode.REFLECT;
    return new JudgedCompletion(
        mode,
        List.of(),
        review ? REVIEWING : WORDS.encode(PLAIN),
        WORDS.encode(review ? "review review 7" : "7 7"),
        review ? new float[] {-1, -1, -1} : new float[] {-1, -1},
        true,
        Optional.of("answer 7"),
        OptionalDouble.of(reward),
        reward == 1,
        new Explanation("why"));
  }

  private static Updates updates(Map<String, String> values) {
    Objective objective = new Experiential();
    Objective.Learning learning = objective.open(Settings.of("test", objective.settings(), values));
    List<JudgedGroup> groups = List.of(new JudgedGroup(new Question("q", "q ?"), PLAIN, GROUP));
    return learning.updates(
        new JudgedStep(1, groups, learning.advantages(groups)), new PlainMeans(WORDS));
  }

  private static List<TrainingExample> examples(Map<String, String> values) {
    return updates(values).terms().get(0).get(0).examples();
  }

  private static boolean supervised(TrainingExample example) {
    return example.samplingLogProbs().length == 0;
  }

  /** A first attempt that read a lesson is a first attempt. */
  @Test
  void firstAndSecondAttemptsAreComparedAmongThemselves() {
    Objective objective = new Experiential();
    double[] advantages =
        objective
            .open(Settings.defaults(objective.settings()))
            .advantages(List.of(new JudgedGroup(new Question("q", "q ?"), PLAIN, GROUP)))
            .get(0);
    assertArrayEquals(
        new double[] {RIGHT_OF_THREE, -OF_TWO, WRONG_OF_THREE, OF_TWO, WRONG_OF_THREE},
        advantages,
        1e-9);
  }

  @Test
  void anAcceptedSecondAttemptIsLearnedWithoutTheReview() {
    List<TrainingExample> examples = examples(Map.of("internalisation", "2"));
    assertEquals(6, examples.size());
    List<TrainingExample> plain = examples.stream().filter(BothAttemptsTest::supervised).toList();
    assertEquals(1, plain.size());
    assertArrayEquals(WORDS.encode(PLAIN), plain.get(0).sequence().prompt());
    int[] answer = WORDS.encode("answer 7");
    assertArrayEquals(
        new int[] {answer[0], answer[1], WORDS.endToken()}, plain.get(0).sequence().completion());
    assertArrayEquals(new float[] {2, 2, 2}, plain.get(0).advantages());
    assertEquals(1 / 12.0, plain.get(0).scale()[0], 1e-7, "beside twelve tokens of the step");
    assertEquals(1, updates(Map.of()).figures().get("experiential.internalised"));
  }

  @Test
  void secondAttemptsHaveAWeightOfTheirOwn() {
    double halved =
        examples(Map.of("second-weight", "0.5", "internalisation", "0")).stream()
            .filter(e -> e.sequence().prompt().length == REVIEWING.length)
            .mapToDouble(e -> Math.abs(e.advantages()[0]))
            .sum();
    assertEquals(OF_TWO, halved, 1e-6, "two of them, each with half");
    List<TrainingExample> without = examples(Map.of("second-weight", "0", "internalisation", "0"));
    assertEquals(3, without.size());
    assertTrue(without.stream().noneMatch(BothAttemptsTest::supervised));
  }
}
