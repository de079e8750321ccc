package io.lanpo.relative.experiential;

import static io.lanpo.api.feedback.FeedbackMode.ABSTRACT;
import static io.lanpo.api.feedback.FeedbackMode.REFLECT;
import static io.lanpo.api.feedback.FeedbackMode.SCRATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.FeedbackPlanner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwoAttemptsTest {
  private static List<List<FeedbackMode>> plan(String memory, int groupSize) {
    FeedbackPlanner planner = new TwoAttempts();
    return planner
        .open(Settings.of("test", planner.settings(), Map.of("memory", memory)))
        .of(1, 2, groupSize, 7);
  }

  @Test
  void everyGroupHasAsManyReviewsAsFirstAttempts() {
    List<FeedbackMode> four = List.of(SCRATCH, SCRATCH, REFLECT, REFLECT);
    assertEquals(List.of(four, four), plan("0", 4));
    assertEquals(List.of(SCRATCH, SCRATCH, REFLECT), plan("0", 3).get(0));
    assertEquals(List.of(SCRATCH), plan("0", 1).get(0));
  }

  @Test
  void oneFirstAttemptStaysPlainWhateverIsRemembered() {
    assertEquals(
        List.of(SCRATCH, SCRATCH, ABSTRACT, REFLECT, REFLECT, REFLECT), plan("0.4", 6).get(0));
    assertEquals(
        List.of(SCRATCH, ABSTRACT, ABSTRACT, REFLECT, REFLECT, REFLECT), plan("1", 6).get(0));
  }
}
