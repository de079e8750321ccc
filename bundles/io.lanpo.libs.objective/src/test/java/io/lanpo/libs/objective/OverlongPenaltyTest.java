package io.lanpo.libs.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OverlongPenaltyTest {
  private static final OverlongPenalty PENALTY = new OverlongPenalty(4, 0.5);

  private static JudgedCompletion completion(int length, int allowed, OptionalDouble reward) {
    return new JudgedCompletion(
        FeedbackMode.SCRATCH,
        List.of(),
        new int[] {1},
        new int[length],
        new float[length],
        length < allowed,
        allowed,
        Optional.empty(),
        reward,
        false,
        new Explanation(""));
  }

  private static List<JudgedGroup> group(JudgedCompletion... completions) {
    return List.of(
        new JudgedGroup(new Question("q", "q"), new Prompt.Plain("q"), List.of(completions)));
  }

  private static double of(int length, int allowed) {
    return PENALTY.of(group(completion(length, allowed, OptionalDouble.of(1)))).get(0)[0];
  }

  /** Equation 13 with a maximum of 10 tokens and a cache of 4, times the factor. */
  @Test
  void theRewardFallsOverTheBuffer() {
    assertEquals(0, of(6, 10));
    assertEquals(-0.125, of(7, 10), 1e-12);
    assertEquals(-0.375, of(9, 10), 1e-12);
    assertEquals(-0.5, of(10, 10), 1e-12);
  }

  /** A review may be longer than an answer; each goes by its own limit. */
  @Test
  void eachCompletionGoesByWhatItWasAllowed() {
    assertEquals(-0.5, of(10, 10), 1e-12);
    assertEquals(0, of(10, 20));
    assertEquals(0, of(10, Integer.MAX_VALUE));
    assertEquals(-0.125, of(1, 4), 1e-12, "a buffer as long as the limit begins with it");
  }

  @Test
  void itIsOffWithoutABuffer() {
    List<JudgedGroup> cut = group(completion(10, 10, OptionalDouble.of(1)));
    assertArrayEquals(new double[1], new OverlongPenalty(0, 1).of(cut).get(0));
  }

  @Test
  void whatHasNoRewardGetsNone() {
    List<JudgedGroup> groups =
        group(
            completion(10, 10, OptionalDouble.of(1)),
            completion(10, 10, OptionalDouble.empty()),
            completion(8, 10, OptionalDouble.of(0)));
    List<JudgedGroup> shaped = Rewards.plus(groups, PENALTY.of(groups));
    assertArrayEquals(new double[] {0.5, -0.25}, Advantages.rewards(shaped.get(0)), 1e-12);
    assertTrue(shaped.get(0).completions().get(1).reward().isEmpty());
    assertEquals(-0.375, Rewards.mean(groups, PENALTY.of(groups)), 1e-12);
  }
}
