package io.lanpo.similarity;

import io.lanpo.api.task.Question;
import java.util.LinkedHashMap;
import java.util.Map;

/** Vectors of the questions used last. Safe for use by several threads. */
final class VectorCache {
  private final WordWeights idf;
  private final Map<Question, WordVector> vectors;

  VectorCache(WordWeights idf, int most) {
    this.idf = idf;
    this.vectors =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Question, WordVector> eldest) {
            return size() > most;
          }
        };
  }

  synchronized WordVector of(Question question) {
    WordVector vector = vectors.get(question);
    if (vector == null) {
      vector = WordVector.of(question.text(), idf);
      vectors.put(question, vector);
    }
    return vector;
  }
}
