package io.lanpo.similarity.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTableTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 1000})
  void theDotProductWithEveryVectorIsRight(int size) {
    Random random = new Random(size);
    List<float[]> vectors = IntStream.range(0, size).mapToObj(i -> vector(random)).toList();
    float[] query = vector(random);
    double[] expected = vectors.stream().mapToDouble(v -> dot(query, v)).toArray();
    assertArrayEquals(expected, VectorTable.of(12, vectors).dot(query), 1e-5);
  }

  @Test
  void anEmptyTableHasNoProducts() {
    assertEquals(0, VectorTable.of(4, List.of()).dot(new float[4]).length);
    assertThrows(IllegalArgumentException.class, () -> VectorTable.of(5, List.of()));
  }

  private static float[] vector(Random random) {
    float[] vector = new float[12];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    return vector;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
