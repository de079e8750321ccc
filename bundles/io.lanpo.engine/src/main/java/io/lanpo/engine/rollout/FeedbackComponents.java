package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.LessonSelector;

/**
 * What decides on feedback in a run.
 *
 * @param planner who gets which
 * @param attempts which attempt is reviewed
 * @param lessons which of the relevant lessons are shown
 */
public record FeedbackComponents(
    StepPlanner planner, AttemptSelector.Selection attempts, LessonSelector.Selection lessons) {}
