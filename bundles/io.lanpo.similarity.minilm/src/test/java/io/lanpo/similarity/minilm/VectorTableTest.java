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
  private static final int WIDTH = 24;

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1000, 1001, 2500})
  void theDotProductWithEveryVectorIsRight(int size) {
    Random random = new Random(size);
    List<float[]> vectors = IntStream.range(0, size).mapToObj(i -> vector(random)).toList();
    VectorTable table = new VectorTable(WIDTH);
    vectors.forEach(table::add);
    float[] query = vector(random);
    float[] products = table.dot(query);
    assertEquals(size, products.length);
    for (int i = 0; i < size; i++) {
      assertEquals(dot(query, vectors.get(i)), products[i], 1e-5);
      assertEquals(products[i], table.dot(query, i));
      assertEquals(products[i], VectorTable.dot(query, vectors.get(i)));
      assertArrayEquals(vectors.get(i), table.row(i));
    }
  }

  @Test
  void anEmptyTableHasNoProducts() {
    assertEquals(0, new VectorTable(WIDTH).dot(new float[WIDTH]).length);
    assertThrows(IllegalArgumentException.class, () -> new VectorTable(12));
    assertThrows(
        IllegalArgumentException.class, () -> new VectorTable(WIDTH).add(new float[WIDTH + 8]));
  }

  private static float[] vector(Random random) {
    float[] vector = new float[WIDTH];
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
