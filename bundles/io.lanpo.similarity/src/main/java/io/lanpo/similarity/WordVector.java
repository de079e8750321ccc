package io.lanpo.similarity;

import java.util.Map;
import java.util.TreeMap;

/**
 * A sparse vector of length 1, or the zero vector when no word counts. Words are known by a 64-bit
 * hash: thousands of vectors are compared at a time, and numbers side by side in memory are several
 * times faster than strings. Two of a million words share a hash with a probability of 3e-8.
 */
final class WordVector {
  /** Hashes, ascending. */
  private final long[] words;

  private final double[] weights;

  private WordVector(long[] words, double[] weights) {
    this.words = words;
    this.weights = weights;
  }

  static WordVector of(String text, WordWeights idf) {
    Map<Long, Double> sums = new TreeMap<>();
    for (String word : Words.of(text)) {
      double weight = idf.of(word);
      if (weight > 0) {
        sums.merge(StableHash.of(word), weight, Double::sum);
      }
    }
    double length = Math.sqrt(sums.values().stream().mapToDouble(weight -> weight * weight).sum());
    return new WordVector(
        sums.keySet().stream().mapToLong(Long::longValue).toArray(),
        sums.values().stream().mapToDouble(weight -> weight / length).toArray());
  }

  /** Cosine of the angle with another vector: 0 to 1; 0 when either is zero. */
  double cosine(WordVector other) {
    double dot = 0;
    for (int i = 0, j = 0; i < words.length && j < other.words.length; ) {
      long mine = words[i];
      long theirs = other.words[j];
      if (mine == theirs) {
        dot += weights[i] * other.weights[j];
      }
      i += mine <= theirs ? 1 : 0;
      j += theirs <= mine ? 1 : 0;
    }
    return Math.min(1, dot);
  }
}
