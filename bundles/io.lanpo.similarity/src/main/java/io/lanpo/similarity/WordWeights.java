package io.lanpo.similarity;

import io.lanpo.api.task.Question;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** The idf of words, {@code ln(N / df)}. */
final class WordWeights {
  private final Map<String, Double> idf = new HashMap<>();
  private final double unseen;

  private WordWeights(Map<String, Integer> documents, int count) {
    documents.forEach((word, df) -> idf.put(word, Math.log((double) count / df)));
    // One question says nothing about how common words are: then all count the same.
    boolean uninformed = count < 2;
    if (uninformed) {
      idf.clear();
    }
    unseen = uninformed ? 1 : Math.log(count);
  }

  static WordWeights fit(Collection<Question> corpus) {
    Map<String, Integer> documents = new HashMap<>();
    for (Question question : corpus) {
      new HashSet<>(Words.of(question.text())).forEach(w -> documents.merge(w, 1, Integer::sum));
    }
    return new WordWeights(documents, corpus.size());
  }

  double of(String word) {
    return idf.getOrDefault(word, unseen);
  }
}
