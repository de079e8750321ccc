package io.lanpo.api.feedback;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Question;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses which of the relevant lessons are shown. It is given only lessons that may be shown: the
 * run has already left out those of the same problem, of the same problem in other words, and those
 * that the similarity filter does not find relevant. A run names its selector by {@code lessons};
 * the selector's settings stand in the run under {@code lessons.}
 */
@ConsumerType
public interface LessonSelector {
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
  interface Selection {
    /**
     * Most lessons in a prompt, by which the memory of a run is estimated; at least 1. It is asked
     * for once.
     */
    int most();

    /**
     * The lessons for a question.
     *
     * @param question the question at hand
     * @param relevant lessons of other problems, the oldest first; may be empty
     * @param seed fixes what is random in the choice
     * @return some of the relevant ones, each once, the first to be read first, at most {@link
     *     #most}: any other choice is refused; empty to show none: the question is posed plainly
     */
    List<Lesson> choose(Question question, List<Candidate> relevant, long seed);
  }

  /**
   * A lesson that may be shown, and what is known of its wording, however many problems it was
   * distilled from. It is told in sums over problems, among which the question at hand may be.
   *
   * @param lesson the lesson
   * @param relevance of its problem to the question, as the similarity filter has it
   * @param problems how many problems its wording was distilled from
   * @param solved of how many of these as a principle
   * @param gain rewards above the mean of their groups, summed over completions that saw the
   *     wording
   * @param loss rewards below the mean of their groups, summed likewise; not negative
   */
  record Candidate(
      Lesson lesson, double relevance, int problems, int solved, double gain, double loss) {}
}
