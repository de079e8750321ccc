package io.lanpo.similarity.minilm;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Vectors laid out for scanning: in blocks of {@value #BLOCK}, and within a block number by number
 * of the vectors, not vector by vector. The innermost loop then adds to {@value #BLOCK} sums at a
 * time, which the compiler turns into vector instructions; a sum over one vector it would not,
 * since that changes the order of additions. What remains is the speed of memory: 1.5 KB a vector.
 */
final class VectorTable {
  private static final int BLOCK = 256;

  /** Numbers of a vector that are added in one pass over the sums. */
  private static final int STRIDE = 4;

  private final int width;
  private final int size;
  private final float[][] blocks;

  /**
   * @param width numbers of a vector, a multiple of 4
   * @param size how many vectors
   * @param vectors the vectors by index, {@code [width]} each
   */
  VectorTable(int width, int size, IntFunction<float[]> vectors) {
    if (width % STRIDE != 0) {
      throw new IllegalArgumentException("the width must be a multiple of 4, got " + width);
    }
    this.width = width;
    this.size = size;
    this.blocks = new float[(size + BLOCK - 1) / BLOCK][];
    for (int b = 0; b < blocks.length; b++) {
      float[] block = new float[width * BLOCK];
      for (int c = 0; c < BLOCK && b * BLOCK + c < size; c++) {
        float[] vector = vectors.apply(b * BLOCK + c);
        for (int d = 0; d < width; d++) {
          block[d * BLOCK + c] = vector[d];
        }
      }
      blocks[b] = block;
    }
  }

  static VectorTable of(int width, List<float[]> vectors) {
    return new VectorTable(width, vectors.size(), vectors::get);
  }

  /**
   * The dot product with every vector.
   *
   * @param query {@code [width]}
   * @return {@code [size]}
   */
  double[] dot(float[] query) {
    double[] products = new double[size];
    float[] sums = new float[BLOCK];
    for (int b = 0; b < blocks.length; b++) {
      Arrays.fill(sums, 0);
      float[] block = blocks[b];
      for (int d = 0; d < width; d += STRIDE) {
        add(sums, block, d * BLOCK, query[d], query[d + 1], query[d + 2], query[d + 3]);
      }
      int here = Math.min(BLOCK, size - b * BLOCK);
      for (int c = 0; c < here; c++) {
        products[b * BLOCK + c] = sums[c];
      }
    }
    return products;
  }

  private static void add(
      float[] sums, float[] block, int at, float q0, float q1, float q2, float q3) {
    for (int c = 0; c < BLOCK; c++) {
      sums[c] +=
          (q0 * block[at + c] + q1 * block[at + BLOCK + c])
              + (q2 * block[at + 2 * BLOCK + c] + q3 * block[at + 3 * BLOCK + c]);
    }
  }
}
