package io.lanpo.policy.djl.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Products in int8 against the same in Java. */
class IntegerProductTest {
  private static final int ROWS = 40;
  private static final int INPUTS = 96;
  private static final int OUTPUTS = 33;

  private final Random random = new Random(3);
  private final float[] x = numbers(ROWS * INPUTS);
  private final float[] w = numbers(OUTPUTS * INPUTS);
  private final float[] b = numbers(OUTPUTS);

  @BeforeAll
  static void wantsInstructions() {
    assumeTrue(IntegerPrecision.byOneDnn());
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * Math.pow(10, i % 3));
    }
    return numbers;
  }

  private float[] product(float[] rows) {
    try (Network network = TinyDecoders.int8Network(TinyDecoders.llama(), 1, MatmulKind.SINGLE);
        NDManager step = network.step();
        ScriptCall quantise = network.call("integer_matrix");
        ScriptCall multiply = network.call("integer_product")) {
      IValue matrix = quantise.add(step.create(w, new Shape(OUTPUTS, INPUTS))).run();
      multiply.add(step.create(rows, new Shape(rows.length / INPUTS, INPUTS)));
      multiply.share(matrix).add(0).add(step.create(b));
      return ScriptCall.array(multiply.run(), step).toFloatArray();
    }
  }

  private static double scale(float[] numbers, int row) {
    double largest = 0;
    for (int k = 0; k < INPUTS; k++) {
      largest = Math.max(largest, Math.abs(numbers[row * INPUTS + k]));
    }
    return largest / 127;
  }

  @Test
  void isThatOfTheRoundedNumbers() {
    float[] y = product(x);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        double sx = scale(x, i);
        double sw = scale(w, j);
        long sum = 0;
        double exact = 0;
        double rounding = 0;
        for (int k = 0; k < INPUTS; k++) {
          double a = x[i * INPUTS + k];
          double c = w[j * INPUTS + k];
          sum += Math.round(a / sx) * Math.round(c / sw);
          exact += a * c;
          rounding += Math.abs(a) * sw / 2 + Math.abs(c) * sx / 2 + sx * sw / 4;
        }
        double size = 127 * sx * 127 * sw * INPUTS;
        // one number on the border between two integers may be rounded to either
        assertEquals(sum * sx * sw + b[j], y[i * OUTPUTS + j], 2e-6 * size + 127 * sx * sw);
        assertEquals(exact + b[j], y[i * OUTPUTS + j], rounding + 2e-6 * size);
      }
    }
  }

  /** Whatever stands beside it, and however much: a batch is of any size. */
  @Test
  void aRowDoesNotDependOnTheOthers() {
    float[] all = product(x);
    for (int rows : new int[] {1, 2, 7, 16, 33}) {
      float[] some = product(Arrays.copyOf(x, rows * INPUTS));
      assertArrayEquals(Arrays.copyOf(all, rows * OUTPUTS), some, rows + " rows");
    }
    float[] other = numbers(ROWS * INPUTS);
    System.arraycopy(x, 5 * INPUTS, other, 5 * INPUTS, INPUTS);
    assertArrayEquals(
        Arrays.copyOfRange(all, 5 * OUTPUTS, 6 * OUTPUTS),
        Arrays.copyOfRange(product(other), 5 * OUTPUTS, 6 * OUTPUTS));
  }

  @Test
  void rowsOfZerosAreZeros() {
    Arrays.fill(w, 0, INPUTS, 0);
    float[] y = product(new float[2 * INPUTS]);
    assertArrayEquals(b, Arrays.copyOf(y, OUTPUTS));
    assertEquals(b[0], product(x)[0]);
  }

  @Test
  void whatIsNoNumberStaysNone() {
    w[2 * INPUTS + 5] = Float.NaN;
    x[3 * INPUTS] = Float.POSITIVE_INFINITY;
    float[] y = product(x);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        assertEquals(i != 3 && j != 2, Float.isFinite(y[i * OUTPUTS + j]), i + ", " + j);
      }
    }
    assertTrue(Float.isFinite(y[0]));
  }
}
