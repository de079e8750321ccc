package io.lanpo.similarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.task.Question;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlFiltersTest {
  private static final List<Question> QUESTIONS =
      IntStream.range(0, 10_000).mapToObj(i -> new Question("m-" + i, "text " + i)).toList();

  @Test
  void withoutAFilterAllScoreOne() {
    double[] scores = new AllFilter().fit(List.of()).scores(QUESTIONS.get(0), QUESTIONS);
    assertEquals(QUESTIONS.size(), scores.length);
    assertTrue(Arrays.stream(scores).allMatch(s -> s == 1));
  }

  @Test
  void randomRelevanceIsReproducible() {
    double[] once = new RandomFilter().fit(List.of()).scores(QUESTIONS.get(3), QUESTIONS);
    double[] again = new RandomFilter().fit(QUESTIONS).scores(QUESTIONS.get(3), QUESTIONS);
    assertArrayEquals(once, again);
    assertEquals(1, once[3]);
  }

  /**
   * Uniform on [0, 1): mean 1/2 and variance 1/12, each within 5 standard errors of 10,000 draws.
   */
  @Test
  void randomRelevanceIsUniformAndDiffersByQuery() {
    double[] a = new RandomFilter().fit(List.of()).scores(new Question("other", ""), QUESTIONS);
    double[] b = new RandomFilter().fit(List.of()).scores(new Question("another", ""), QUESTIONS);
    double mean = Arrays.stream(a).average().orElseThrow();
    double variance = Arrays.stream(a).map(s -> (s - mean) * (s - mean)).average().orElseThrow();
    assertEquals(0.5, mean, 5 * 0.2887 / 100);
    assertEquals(1 / 12.0, variance, 5 * 0.0745 / 100);
    double covariance =
        IntStream.range(0, a.length)
            .mapToDouble(i -> (a[i] - 0.5) * (b[i] - 0.5))
            .average()
            .orElseThrow();
    assertEquals(0, covariance, 5 * (1 / 12.0) / 100);
  }
}
