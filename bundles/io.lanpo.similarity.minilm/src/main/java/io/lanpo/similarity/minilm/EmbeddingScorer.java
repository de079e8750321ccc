package io.lanpo.similarity.minilm;

import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cosines with all candidates. A run asks about many questions with the same candidates, so the
 * table of the last list is kept; only of an immutable one, which is still the same when it comes
 * again.
 */
final class EmbeddingScorer implements Scorer {
  private final Embeddings embeddings;
  private volatile @Nullable Scanned last;

  EmbeddingScorer(Embeddings embeddings) {
    this.embeddings = embeddings;
  }

  private record Scanned(List<Question> candidates, VectorTable table) {}

  @Override
  public double[] scores(Question query, List<Question> candidates) {
    double[] scores = table(candidates).dot(embeddings.of(query.text()));
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          candidates.get(i).text().equals(query.text()) ? 1 : Math.max(-1, Math.min(1, scores[i]));
    }
    return scores;
  }

  private VectorTable table(List<Question> candidates) {
    Scanned before = last;
    if (before != null && before.candidates() == candidates) {
      return before.table();
    }
    VectorTable table =
        new VectorTable(
            SentenceEncoder.WIDTH, candidates.size(), i -> embeddings.of(candidates.get(i).text()));
    // copyOf gives back what cannot change
    if (List.copyOf(candidates) == candidates) {
      last = new Scanned(candidates, table);
    }
    return table;
  }
}
