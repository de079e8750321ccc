package io.lanpo.api.feedback;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Chooses the attempt that a review sees. It is shown texts of attempts: no reward, verdict or
 * answer. A run names its selector by {@code attempts}; the selector's settings stand in the run
 * under {@code attempts.}
 */
@ConsumerType
public interface AttemptSelector {
  /** What a run may set, by keys without the prefix. */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * Begins to choose for a run.
   *
   * @param settings checked
   * @throws io.lanpo.api.component.UserException for settings that contradict each other
   */
  Selection open(Settings settings);

  /** Chooses in one run. What it says depends on its arguments alone. */
  @ConsumerType
  @FunctionalInterface
  interface Selection {
    /**
     * The attempt for a review.
     *
     * @param attempts what there is to choose from
     * @param question place of the question under review, from 0
     * @param turn counts the reviews of this question within the step, from 0
     * @param seed fixes what is random in the choice
     * @return its text, one of those that {@code attempts} gave for this review: any other is
     *     refused; empty when there is none to show: the question is posed plainly
     */
    Optional<String> choose(Attempts attempts, int question, int turn, long seed);

    /**
     * The question of which this step has to sample one more attempt, so that there is one for a
     * review; it is sampled beside the groups and takes no part in them.
     *
     * @param attempts what there is to choose from when all but the reviews are sampled
     * @param question place of the question that is to be reviewed, from 0
     * @return its place; empty when none has to be sampled
     */
    default OptionalInt lacking(Attempts attempts, int question) {
      return OptionalInt.empty();
    }
  }

  /**
   * The attempts of a step and of earlier ones: finished plain completions that are not blank.
   * Places count the step's questions from 0.
   */
  @ProviderType
  interface Attempts {
    /** The questions of the step. */
    List<Question> questions();

    /** Whether the step has sampled plain completions of a question, finished or not. */
    boolean tried(int question);

    /** Texts of this step's attempts at a question, in the order in which they were sampled. */
    List<String> ofStep(int question);

    /** Texts of attempts at a question in earlier steps, the newest first. */
    List<String> past(int question);
  }
}
