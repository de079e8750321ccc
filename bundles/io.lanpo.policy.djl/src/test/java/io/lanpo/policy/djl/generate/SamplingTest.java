package io.lanpo.policy.djl.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sampling from a vocabulary so large that it is added up in blocks, against sums in Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplingTest {
  private static final int ROWS = 24;
  private static final double ROUNDING = 1e-5;

  private Network network;
  private int vocabulary;

  @BeforeAll
  void open() {
    network = TinyDecoders.network(TinyDecoders.manyTokens(), 5);
    vocabulary = network.shape().tokens();
  }

  @AfterAll
  void close() {
    network.close();
  }

  private record Drawn(long[] tokens, float[] logProbs) {}

  private Drawn sample(float[] logits, float[] choice, float[] u, int mode) {
    try (NDManager step = network.step();
        ScriptCall call = network.call("sample")) {
      call.add(step.create(logits, new Shape(ROWS, vocabulary)));
      call.add(step.create(choice, new Shape(ROWS, choice.length / ROWS)));
      IValue[] parts = call.add(step.create(u, new Shape(ROWS, 1))).add(mode).runTuple();
      return new Drawn(
          ScriptCall.array(parts[0], step).toLongArray(),
          ScriptCall.array(parts[1], step).toFloatArray());
    }
  }

  /** Rows of logits from flat to peaked. */
  private float[] logits() {
    Random random = new Random(8);
    float[] logits = new float[ROWS * vocabulary];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) ((.2 + i / vocabulary) * random.nextGaussian());
    }
    return logits;
  }

  private static float[] uniform() {
    Random random = new Random(9);
    float[] u = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      u[i] = random.nextFloat();
    }
    u[0] = 0;
    u[1] = 1 - 0x1p-23f;
    return u;
  }

  private double[] probabilities(float[] logits, int row, double temperature) {
    double[] p =
        IntStream.range(0, vocabulary)
            .mapToDouble(t -> logits[row * vocabulary + t] / temperature)
            .toArray();
    double top = IntStream.range(0, vocabulary).mapToDouble(t -> p[t]).max().orElseThrow();
    double sum = 0;
    for (int t = 0; t < vocabulary; t++) {
      p[t] = Math.exp(p[t] - top);
      sum += p[t];
    }
    for (int t = 0; t < vocabulary; t++) {
      p[t] /= sum;
    }
    return p;
  }

  private static float[] choice(double temperature, int topK, double topP, double minP) {
    float[] choice = new float[ROWS * 5];
    for (int i = 0; i < ROWS; i++) {
      float[] row = {(float) (1 / temperature), topK, (float) topP, (float) minP, 0};
      System.arraycopy(row, 0, choice, 5 * i, 5);
    }
    return choice;
  }

  @Test
  void aTokenIsFoundWhereTheSumReachesTheRandomNumber() {
    float[] logits = logits();
    float[] u = uniform();
    Drawn drawn = sample(logits, choice(.7, vocabulary, 2, 0), u, 0);
    for (int row = 0; row < ROWS; row++) {
      double[] p = probabilities(logits, row, .7);
      int token = (int) drawn.tokens()[row];
      double before = IntStream.range(0, token).mapToDouble(t -> p[t]).sum();
      assertTrue(u[row] >= before - ROUNDING && u[row] <= before + p[token] + ROUNDING);
      assertEquals(Math.log(p[token]), drawn.logProbs()[row], 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40, 2, 0",
    "3000, 2, 0",
    "9001, .5, 0",
    "9001, .999, 0",
    "9001, 2, .05",
    "9001, 2, 1e-6",
    "50, .9, .02",
    "2000, .9999, 1e-9"
  })
  void cutsLeaveTheMostProbableTokens(int topK, double topP, double minP) {
    float[] logits = logits();
    float[] u = uniform();
    Drawn drawn = sample(logits, choice(1.3, topK, topP, minP), u, 1);
    for (int row = 0; row < ROWS; row++) {
      double[] p = probabilities(logits, row, 1.3);
      int[] order =
          IntStream.range(0, vocabulary)
              .boxed()
              .sorted(Comparator.comparingDouble(t -> -p[t]))
              .mapToInt(t -> t)
              .toArray();
      double mass = IntStream.range(0, topK).mapToDouble(r -> p[order[r]]).sum();
      int left = 0;
      double sum = 0;
      while (left < topK && sum < topP * mass && p[order[left]] >= minP * p[order[0]]) {
        sum += p[order[left++]];
      }
      int token = (int) drawn.tokens()[row];
      int rank =
          IntStream.range(0, vocabulary).filter(r -> order[r] == token).findFirst().getAsInt();
      double before = IntStream.range(0, rank).mapToDouble(r -> p[order[r]]).sum();
      assertTrue(rank <= left, "rank %d of %d tokens that are left".formatted(rank, left));
      assertTrue(u[row] * sum >= before - 1e-4 && u[row] * sum <= before + p[token] + 1e-4);
      assertEquals(Math.log(p[token]), drawn.logProbs()[row], 1e-4);
    }
  }
}
