package io.lanpo.similarity.minilm;

import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of one width that lie row by row in memory; rows are added at the end. A scan of all is
 * limited by how fast memory is read: of the layouts that were tried, blocks of a thousand rows and
 * eight sums at a time, which the processor calculates beside each other, came closest to that
 * limit. Half-width numbers and columns instead of rows were slower.
 */
final class VectorTable {
  private static final int BLOCK = 1000;

  /** Sums that are calculated beside each other. */
  private static final int SUMS = 8;

  private final int width;
  private final List<float[]> blocks = new ArrayList<>();
  private int size;

  /**
   * An empty table.
   *
   * @param width numbers in a vector, a multiple of 8
   */
  VectorTable(int width) {
    if (width % SUMS != 0) {
      throw new IllegalArgumentException("the width must be a multiple of 8, got " + width);
    }
    this.width = width;
  }

  /** Number of rows. */
  int size() {
    return size;
  }

  /**
   * Adds a row.
   *
   * @param vector {@code [width]}
   */
  void add(float[] vector) {
    if (vector.length != width) {
      throw new IllegalArgumentException(
          "a vector of %d numbers in a table of %d".formatted(vector.length, width));
    }
    if (size % BLOCK == 0) {
      blocks.add(new float[BLOCK * width]);
    }
    System.arraycopy(vector, 0, block(size), place(size), width);
    size++;
  }

  /** A copy of a row, {@code [width]}. */
  float[] row(int row) {
    float[] vector = new float[width];
    System.arraycopy(block(row), place(row), vector, 0, width);
    return vector;
  }

  /** The dot product of a row with a vector. */
  float dot(float[] vector, int row) {
    return dot(vector, 0, block(row), place(row), width);
  }

  /**
   * The dot product with every row.
   *
   * @param vector {@code [width]}
   * @return {@code [size]}
   */
  float[] dot(float[] vector) {
    float[] products = new float[size];
    for (int b = 0; b < blocks.size(); b++) {
      float[] block = blocks.get(b);
      int first = b * BLOCK;
      int rows = Math.min(BLOCK, size - first);
      for (int r = 0; r < rows; r++) {
        products[first + r] = dot(vector, 0, block, r * width, width);
      }
    }
    return products;
  }

  /** The dot product of two vectors of one width, a multiple of 8. */
  static float dot(float[] a, float[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  private float[] block(int row) {
    return blocks.get(row / BLOCK);
  }

  private int place(int row) {
    return row % BLOCK * width;
  }

  private static float dot(float[] a, int atA, float[] b, int atB, int width) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int d = 0; d < width; d += SUMS) {
      int i = atA + d;
      int j = atB + d;
      s0 += a[i] * b[j];
      s1 += a[i + 1] * b[j + 1];
      s2 += a[i + 2] * b[j + 2];
      s3 += a[i + 3] * b[j + 3];
      s4 += a[i + 4] * b[j + 4];
      s5 += a[i + 5] * b[j + 5];
      s6 += a[i + 6] * b[j + 6];
      s7 += a[i + 7] * b[j + 7];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
