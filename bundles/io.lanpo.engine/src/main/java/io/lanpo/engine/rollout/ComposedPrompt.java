package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import java.util.List;

/**
 * A question as it is composed.
 *
 * @param mode the feedback it carries in fact
 * @param fellBack whether feedback was planned but there was nothing to show
 * @param prompt the prompt
 * @param lessons the lessons in it
 */
public record ComposedPrompt(
    FeedbackMode mode, boolean fellBack, Prompt prompt, List<Lesson> lessons) {
  public ComposedPrompt {
    lessons = List.copyOf(lessons);
  }
}
