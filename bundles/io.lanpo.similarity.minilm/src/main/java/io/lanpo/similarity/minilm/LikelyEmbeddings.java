package io.lanpo.similarity.minilm;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * As many vectors as one likes that lie as embeddings of word problems do, in clusters of a space
 * that is far from filled. A vector is the true embedding of a problem, moved towards a second and
 * away from a third, with a little noise: near its problem (a cosine of about 0.9), as the same
 * problem with other numbers would be. To embed hundreds of thousands of texts would take an hour.
 */
final class LikelyEmbeddings {
  private static final double MOVED = 0.35;
  private static final double NOISE = 0.2;

  private final List<float[]> problems;

  /**
   * @param encoder embeds the problems
   * @param count how many true embeddings there are
   */
  LikelyEmbeddings(SentenceEncoder encoder, int count) {
    Random random = new Random(1);
    this.problems =
        IntStream.range(0, count).mapToObj(i -> encoder.embed(WordProblems.draw(random))).toList();
  }

  /** The vector of a number, {@code [384]} of length 1; always the same. */
  float[] vector(int number) {
    Random random = new Random(31L * number + 7);
    float[] base = problems.get(number % problems.size());
    float[] towards = problems.get(random.nextInt(problems.size()));
    float[] from = problems.get(random.nextInt(problems.size()));
    double noise = NOISE / Math.sqrt(SentenceEncoder.WIDTH);
    float[] vector = new float[SentenceEncoder.WIDTH];
    double squares = 0;
    for (int d = 0; d < vector.length; d++) {
      vector[d] =
          (float) (base[d] + MOVED * (towards[d] - from[d]) + noise * random.nextGaussian());
      squares += vector[d] * vector[d];
    }
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
