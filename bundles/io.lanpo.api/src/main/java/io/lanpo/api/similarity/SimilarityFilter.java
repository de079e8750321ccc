package io.lanpo.api.similarity;

import io.lanpo.api.task.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that scores how relevant past questions are to the one at hand. It sees questions only;
 * within a run it may ask the policy about them.
 */
@ConsumerType
public interface SimilarityFilter {
  /**
   * Fits the filter to the questions of a task, e.g. to count how common words are.
   *
   * @param corpus questions that are typical of what will be scored; may be empty
   */
  Scorer fit(Collection<Question> corpus);

  /**
   * Fits the filter for a run. A filter that has no use for the policy need not implement this.
   *
   * @param corpus questions that are typical of what will be scored; may be empty
   * @param policy the run's policy; it may be asked when something is scored and not yet now
   */
  default Scorer fit(Collection<Question> corpus, TextGenerator policy) {
    return fit(corpus);
  }

  /** A fitted filter. Safe for use by several threads. */
  @ConsumerType
  interface Scorer {
    /**
     * Scores candidates.
     *
     * @param query the question at hand
     * @param candidates past questions
     * @return {@code [candidates]} relevance, 1 for an identical question, higher is more relevant
     */
    double[] scores(Question query, List<Question> candidates);

    /**
     * The most relevant candidates. A filter with an index may miss one now and then.
     *
     * @param query the question at hand
     * @param candidates past questions, each once; in a list that cannot change a filter may keep
     *     what it knows of them for the next call
     * @param most how many
     * @return best first; of two that are equally relevant the later in the list first
     */
    default List<Hit> best(Question query, List<Question> candidates, int most) {
      double[] scores = scores(query, candidates);
      PriorityQueue<Hit> best = new PriorityQueue<>(Hit.BEST_FIRST.reversed());
      double least = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        if (best.size() < most || scores[i] >= least) {
          best.add(new Hit(i, scores[i]));
          if (best.size() > most) {
            best.remove();
          }
          Hit last = best.peek();
          least = last == null ? least : last.score();
        }
      }
      return best.stream().sorted(Hit.BEST_FIRST).toList();
    }

    /**
     * What the scorer has done so far, by name, in counts that only grow; the metrics of a run show
     * what a step has added.
     */
    default Map<String, Long> figures() {
      return Map.of();
    }
  }

  /**
   * A candidate that was found.
   *
   * @param index its place in the list of candidates
   * @param score its relevance
   */
  record Hit(int index, double score) {
    /** The more relevant first, then the later in the list. */
    public static final Comparator<Hit> BEST_FIRST =
        Comparator.comparingDouble(Hit::score).thenComparingInt(Hit::index).reversed();
  }
}
