package io.lanpo.engine.method;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import java.util.List;

/**
 * A question as it is posed.
 *
 * @param mode the feedback it carries in fact
 * @param fellBack whether feedback was planned but there was nothing to show
 * @param prompt the prompt
 * @param lessons the lessons in it
 */
record Posed(FeedbackMode mode, boolean fellBack, Prompt prompt, List<Lesson> lessons) {
  Posed {
    lessons = List.copyOf(lessons);
  }
}
