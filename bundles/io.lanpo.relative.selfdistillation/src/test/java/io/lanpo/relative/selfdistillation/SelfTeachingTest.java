package io.lanpo.relative.selfdistillation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.tokenizer.TokenizerFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A word that the feedback speaks for has the log-probability −0.25, one against −3; else −1. */
class SelfTeachingTest {
  private static final Tokenizer WORDS =
      new TokenizerFactory().ofWords(List.of("q", "?", "principle", ":", "a", "b", "c", "why"));
  private static final Prompt PLAIN = new Prompt.Plain("q ?");
  private static final ScoredMeans MEANS =
      new ScoredMeans(
          WORDS,
          WORDS.encode(PLAIN).length,
          Map.of("a", -0.25, "b", -3.0),
          Map.of("a", -0.5, "b", -1.5));

  /** Advantages of two are ±0.5 over their deviation of 0.7071, and 1e-4. */
  private static final double OF_TWO = 0.5 / (Math.sqrt(0.5) + 1e-4);

  private static JudgedCompletion completion(String text, FeedbackMode mode, double reward) {
    return completion(text, mode, reward, "");
  }

  private static JudgedCompletion completion(
      String text, FeedbackMode mode, double reward, String why) {
    int[] words = WORDS.encode(text);
    int[] tokens = Arrays.copyOf(words, words.length + 1);
    tokens[words.length] = WORDS.endToken();
    float[] sampled = new float[tokens.length];
    Arrays.fill(sampled, -1);
    return new JudgedCompletion(
        mode,
        List.of(),
        WORDS.encode(PLAIN),
        tokens,
        sampled,
        true,
        Optional.of(text),
        OptionalDouble.of(reward),
        reward == 1,
        new Explanation(why));
  }

  private static JudgedCompletion plain(String text, double reward) {
    return completion(text, FeedbackMode.SCRATCH, reward);
  }

  private static Updates updates(Map<String, String> values, JudgedCompletion... completions) {
    Objective objective = new SelfDistillation();
    Objective.Learning learning = objective.open(Settings.of("test", objective.settings(), values));
    List<JudgedGroup> groups =
        List.of(new JudgedGroup(new Question("q", "q ?"), PLAIN, List.of(completions)));
    return learning.updates(new JudgedStep(1, groups, learning.advantages(groups)), MEANS);
  }

  private static List<TrainingExample> examples(Updates updates) {
    return updates.terms().get(0).get(0).examples();
  }

  @Test
  void aTokensAdvantageIsWhatTheFeedbackAddsToIt() {
    Updates updates = updates(Map.of(), plain("a b", 0), plain("a c", 1));
    List<TrainingExample> examples = examples(updates);
    assertEquals(1, examples.size(), "the accepted one has no sibling");
    TrainingExample taught = examples.get(0);
    assertArrayEquals(WORDS.encode(PLAIN), taught.sequence().prompt(), "no feedback in it");
    assertArrayEquals(new float[] {0.75f, -2, 0}, taught.advantages(), 1e-6f);
    assertArrayEquals(new float[] {-1, -1, -1}, taught.samplingLogProbs());
    assertEquals(1 / 6.0, taught.scale()[0], 1e-7, "a mean over the step's six tokens");
    assertInstanceOf(Loss.ClippedSurrogate.class, updates.terms().get(0).get(0).loss());
    assertEquals(1, updates.figures().get("selfDistillation.taught"));
    assertEquals(-1.25 / 3, updates.figures().get("selfDistillation.gain").doubleValue(), 1e-6);
    assertFalse(updates.figures().containsKey("selfDistillation.gain.accepted"));
  }

  @Test
  void theAdvantageOfTheGroupIsMixedInByItsWeight() {
    List<TrainingExample> examples =
        examples(updates(Map.of("group-weight", "0.25"), plain("a b", 0), plain("a c", 1)));
    assertEquals(2, examples.size());
    for (TrainingExample example : examples) {
      float first = example.advantages()[0];
      if (example.sequence().completion()[1] == WORDS.encode("c")[0]) {
        assertEquals(0.25 * OF_TWO, first, 1e-6, "it has nothing but its group");
      } else {
        assertEquals(-0.25 * OF_TWO + 0.75 * 0.75, first, 1e-6);
        assertEquals(-0.25 * OF_TWO - 0.75 * 2, example.advantages()[1], 1e-6);
      }
    }
  }

  @Test
  void theTeachersAdvantagesAreCentredAndThenBounded() {
    double mean = (0.75 - 2) / 3;
    Map<String, String> centred = Map.of("centre", "true");
    assertArrayEquals(
        new float[] {(float) (0.75 - mean), (float) (-2 - mean), (float) -mean},
        examples(updates(centred, plain("a b", 0), plain("a c", 1))).get(0).advantages(),
        1e-6f);
    Map<String, String> both = Map.of("centre", "true", "bound", "1");
    assertArrayEquals(
        new float[] {1, -1, (float) -mean},
        examples(updates(both, plain("a b", 0), plain("a c", 1))).get(0).advantages(),
        1e-6f);
  }

  @Test
  void theWeightsBeforeTheFirstStepMayTeach() {
    Objective objective = new SelfDistillation();
    Map<String, String> initial = Map.of("teacher", "initial");
    assertTrue(objective.open(Settings.of("test", objective.settings(), initial)).needsReference());
    assertArrayEquals(
        new float[] {0.5f, -0.5f, 0},
        examples(updates(initial, plain("a b", 0), plain("a c", 1))).get(0).advantages(),
        1e-6f);
  }

  @Test
  void whatWasWrittenWithFeedbackTeachesAsASiblingOnly() {
    List<TrainingExample> examples =
        examples(updates(Map.of(), plain("a b", 0), completion("a c", FeedbackMode.REFLECT, 1)));
    assertEquals(1, examples.size());
    assertEquals(WORDS.encode("b")[0], examples.get(0).sequence().completion()[1]);
  }

  @Test
  void withoutFeedbackThereIsNothingToLearn() {
    Updates updates = updates(Map.of(), plain("a b", 0), plain("a a", 0));
    assertTrue(updates.idle());
    assertEquals(0, updates.figures().get("selfDistillation.taught"));
  }

  @Test
  void whatCannotBeReadTeachesNothingAndIsCounted() {
    Updates updates =
        updates(
            Map.of("feedback", "explanation"),
            completion("a b", FeedbackMode.SCRATCH, 0, "why c"),
            completion("a c", FeedbackMode.SCRATCH, 1, "expected something else"));
    assertEquals(1, examples(updates).size());
    assertEquals(1, updates.figures().get("selfDistillation.unread"));
  }

  @Test
  void aRunThatCanReadNothingIsStoppedAndToldWhy() {
    UserException refused =
        assertThrows(
            UserException.class,
            () ->
                updates(
                    Map.of("feedback", "explanation"),
                    completion("a b", FeedbackMode.SCRATCH, 0, "expected 7")));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("the word 'expected' is not"),
        refused.getMessage());
    assertTrue(refused.nextStep().contains("objective.feedback = sibling"), refused.nextStep());
  }
}
