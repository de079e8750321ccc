package io.lanpo.api.similarity;

import io.lanpo.api.task.Question;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that scores how relevant past questions are to the one at hand. It sees questions only.
 */
@ConsumerType
public interface SimilarityFilter {
  /**
   * Fits the filter to the questions of a task, e.g. to count how common words are.
   *
   * @param corpus questions that are typical of what will be scored; may be empty
   */
  Scorer fit(Collection<Question> corpus);

  /** A fitted filter. Safe for use by several threads. */
  interface Scorer {
    /**
     * Scores candidates.
     *
     * @param query the question at hand
     * @param candidates past questions
     * @return {@code [candidates]} relevance, 1 for an identical question, higher is more relevant
     */
    double[] scores(Question query, List<Question> candidates);
  }
}
