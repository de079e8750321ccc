package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.Prompt;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Written;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupTest {
  private static Rollout rewarded(double reward) {
    return new Rollout(
        new ComposedPrompt(FeedbackMode.SCRATCH, false, new Prompt.Plain("q"), List.of()),
        new int[0],
        new Completion(new int[0], new float[0], true),
        1,
        Written.plain(""),
        Optional.of(""),
        new Verdict.Scored(reward, ""),
        false);
  }

  /** A verifier that multiplies by a negative weight gives −0, which no advantage comes of. */
  @ParameterizedTest
  @CsvSource({"0, 1, true", "1, 1, false", "0, -0.0, false"})
  void rewardsDifferByWhatTheyAreWorth(double one, double other, boolean varied) {
    Group group =
        Group.of(Problems.of(1).get(0), List.of(rewarded(one), rewarded(other)), (one + other) / 2);
    assertEquals(varied, group.varied());
  }
}
