package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a selector of lessons says of itself is checked before the run. */
class FeedbackComponentsTest {
  private record AtMost(int most) implements LessonSelector.Selection {
    @Override
    public List<Lesson> choose(Question question, List<LessonSelector.Candidate> of, long seed) {
      return List.of();
    }
  }

  private static LessonSelector.Selection bounded(LessonSelector.Selection selection) {
    return FeedbackComponents.bounded(new Named<>(selection, "lesson selector mine of it 1.0"));
  }

  @Test
  void aSelectorThatShowsNoLessonAtMostIsRefused() {
    for (int most : new int[] {0, -1}) {
      assertEquals(
          "the lesson selector mine of it 1.0 shows %d lessons at most, and there must be at least 1"
              .formatted(most),
          assertThrows(UserException.class, () -> bounded(new AtMost(most))).getMessage());
    }
    AtMost one = new AtMost(1);
    assertSame(one, bounded(one));
  }
}
