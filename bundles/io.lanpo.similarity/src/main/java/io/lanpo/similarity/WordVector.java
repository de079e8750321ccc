package io.lanpo.similarity;

import java.util.Map;
import java.util.TreeMap;

/** A sparse vector of length 1, or the zero vector when no word counts. */
final class WordVector {
  /** Ascending. */
  private final String[] words;

  private final double[] weights;

  private WordVector(String[] words, double[] weights) {
    this.words = words;
    this.weights = weights;
  }

  static WordVector of(String text, WordWeights idf) {
    Map<String, Double> sums = new TreeMap<>();
    for (String word : Words.of(text)) {
      double weight = idf.of(word);
      if (weight > 0) {
        sums.merge(word, weight, Double::sum);
      }
    }
    double length = Math.sqrt(sums.values().stream().mapToDouble(weight -> weight * weight).sum());
    return new WordVector(
        sums.keySet().toArray(new String[0]),
        sums.values().stream().mapToDouble(weight -> weight / length).toArray());
  }

  /** Cosine of the angle with another vector: 0 to 1; 0 when either is zero. */
  double cosine(WordVector other) {
    double dot = 0;
    for (int i = 0, j = 0; i < words.length && j < other.words.length; ) {
      int order = words[i].compareTo(other.words[j]);
      if (order == 0) {
        dot += weights[i++] * other.weights[j++];
      } else if (order < 0) {
        i++;
      } else {
        j++;
      }
    }
    return Math.min(1, dot);
  }
}
