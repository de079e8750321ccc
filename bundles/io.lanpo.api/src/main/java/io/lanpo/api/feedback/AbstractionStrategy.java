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
}
