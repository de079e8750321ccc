package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import java.util.List;
import java.util.Optional;

/**
 * A question as it is composed.
 *
 * @param mode the feedback it carries in fact
 * @param fellBack whether feedback was planned but there was nothing to show
 * @param prompt the prompt
 * @param lessons the lessons in it
 * @param condensed the text that stands in it in their place; empty when they are as they are
 * @param uncondensed whether they are as they are because the policy was asked for such a text and
 *     wrote none
 */
public record ComposedPrompt(
    FeedbackMode mode,
    boolean fellBack,
    Prompt prompt,
    List<Lesson> lessons,
    Optional<String> condensed,
    boolean uncondensed) {
  public ComposedPrompt {
    lessons = List.copyOf(lessons);
  }

  /** Nothing in it is condensed. */
  public ComposedPrompt(FeedbackMode mode, boolean fellBack, Prompt prompt, List<Lesson> lessons) {
    this(mode, fellBack, prompt, lessons, Optional.empty(), false);
  }

  /** The same, for whose lessons, if there are any, the policy wrote no text. */
  ComposedPrompt withoutText() {
    return new ComposedPrompt(mode, fellBack, prompt, lessons, condensed, !fellBack);
  }
}
