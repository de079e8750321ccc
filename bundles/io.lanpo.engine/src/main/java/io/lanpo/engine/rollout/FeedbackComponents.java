package io.lanpo.engine.rollout;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.lesson.LessonChoice;

/**
 * What decides on feedback in a run.
 *
 * @param planner who gets which
 * @param attempts which attempt is reviewed
 * @param lessons which of the relevant lessons are shown
 */
public record FeedbackComponents(
    StepPlanner planner, Named<AttemptSelector.Selection> attempts, LessonChoice lessons) {

  /**
   * Opens a selector of attempts.
   *
   * @throws UserException when it asks for verdicts and its type, by which a run tells that they
   *     are seen, does not say so
   */
  public static AttemptSelector.Selection open(AttemptSelector selector, Settings settings) {
    AttemptSelector.Selection opened = selector.open(settings);
    if (opened instanceof JudgedAttemptSelector.JudgedSelection
        && !(selector instanceof JudgedAttemptSelector)) {
      throw new UserException(
          "the attempt selector %s chooses by verdicts and is no %s"
              .formatted(
                  selector.getClass().getName(), JudgedAttemptSelector.class.getSimpleName()),
          "Let its class implement that interface, or let it choose without them.");
    }
    return opened;
  }
}
