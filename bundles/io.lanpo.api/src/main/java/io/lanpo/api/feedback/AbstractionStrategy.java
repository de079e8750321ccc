package io.lanpo.api.feedback;

import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Relevant abstraction: has the policy distil lessons from attempts, and shows lessons from other
 * problems. A strategy throws plain exceptions; the run records them with the sample.
 */
@ConsumerType
public interface AbstractionStrategy {
  /**
   * The prompt under which the policy writes a lesson.
   *
   * @return empty when nothing can be learned from this attempt
   */
  Optional<Prompt> distil(JudgedAttempt attempt);

  /**
   * The lesson within what the policy wrote after {@link #distil}.
   *
   * @return empty when it wrote none
   */
  Optional<String> lesson(String completion);

  /**
   * Poses a question together with lessons.
   *
   * @param question the question at hand
   * @param lessons lessons from other problems, most relevant first, at least one
   */
  Prompt apply(Question question, List<Lesson> lessons);

  /**
   * How the policy condenses lessons for a question before it is shown them.
   *
   * @return empty: lessons are shown as they are
   */
  default Optional<Condensing> condensing() {
    return Optional.empty();
  }

  /**
   * Condenses at retrieval: for the question at hand the policy makes one text of lessons from
   * other problems, and that text is shown in their place. What is condensed is what might be shown
   * anyway: nothing of the question's own attempts or verdicts.
   */
  @ConsumerType
  interface Condensing {
    /**
     * The prompt under which the policy condenses.
     *
     * @param question the question at hand
     * @param lessons lessons from other problems, most relevant first, at least one
     * @return empty to show the lessons as they are
     */
    Optional<Prompt> prompt(Question question, List<Lesson> lessons);

    /**
     * The text within what the policy wrote after {@link #prompt}.
     *
     * @return empty when it wrote none: the lessons are shown as they are
     */
    Optional<String> text(String completion);

    /** Poses a question together with such a text. */
    Prompt apply(Question question, String text);
  }
}
