package io.lanpo.similarity.minilm;

import io.lanpo.api.similarity.SimilarityFilter.Hit;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Cosines with all candidates, or with the best. A run asks about many questions with the same
 * candidates, and with nearly the same ones a step later, so the vectors of the last list are kept;
 * only of an immutable one, which is still the same when it comes again.
 */
final class EmbeddingScorer implements Scorer {
  /** Shorter lists are not worth being kept: an embedding that is cached is found as fast. */
  private static final int WORTH_KEEPING = 1000;

  private final Function<Question, float[]> embedded;
  private final CandidateIndex index;
  private final int leastKept;
  private long exact;
  private long indexed;

  /**
   * @param embedded embeds a question, {@code [384]} of length 1
   * @param indexAbove lists longer than this are searched by a graph
   */
  EmbeddingScorer(Function<Question, float[]> embedded, int indexAbove) {
    this.embedded = embedded;
    this.leastKept = Math.min(WORTH_KEEPING, indexAbove);
    this.index = new CandidateIndex(embedded, indexAbove, NeighbourGraph.THOROUGH);
  }

  @Override
  public synchronized double[] scores(Question query, List<Question> candidates) {
    exact++;
    float[] wanted = embedded.apply(query);
    double[] scores = new double[candidates.size()];
    if (kept(candidates)) {
      index.use(candidates);
      float[] products = index.scores(wanted);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = relevance(query, candidates.get(i), products[i]);
      }
    } else {
      for (int i = 0; i < scores.length; i++) {
        Question candidate = candidates.get(i);
        float[] vector = embedded.apply(candidate);
        scores[i] = relevance(query, candidate, VectorTable.dot(wanted, vector));
      }
    }
    return scores;
  }

  @Override
  public synchronized List<Hit> best(Question query, List<Question> candidates, int most) {
    if (!kept(candidates) || !index.worthwhile(candidates.size()) || most >= candidates.size()) {
      return Scorer.super.best(query, candidates, most);
    }
    indexed++;
    index.use(candidates);
    float[] wanted = embedded.apply(query);
    List<Hit> hits = new ArrayList<>();
    for (int i : index.nearest(wanted, most)) {
      hits.add(new Hit(i, relevance(query, candidates.get(i), index.score(wanted, i))));
    }
    hits.sort(Hit.BEST_FIRST);
    return List.copyOf(hits.subList(0, Math.min(most, hits.size())));
  }

  @Override
  public synchronized Map<String, Long> figures() {
    return Map.of("exactSearches", exact, "indexedSearches", indexed);
  }

  private boolean kept(List<Question> candidates) {
    // copyOf gives back what cannot change
    return candidates.size() >= leastKept && List.copyOf(candidates) == candidates;
  }

  private static double relevance(Question query, Question candidate, float product) {
    return candidate.text().equals(query.text()) ? 1 : Math.max(-1, Math.min(1, product));
  }
}
