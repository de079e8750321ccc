package io.lanpo.similarity.minilm;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.train.Benchmark;
import io.lanpo.api.train.RunListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Measures the exact scan over embeddings and the time of an embedding. The vectors are random; a
 * scan takes the same time over any.
 */
@Component(property = Components.NAME + "=retrieval")
public final class RetrievalBenchmark implements Benchmark {
  private static final List<Setting> SETTINGS =
      List.of(
          Setting.integer(
              "vectors", 100_000, 1000, 2_000_000, "vectors", "size of the large table"),
          Setting.integer("queries", 100, 3, 100_000, "queries", "measured scans of each table"));

  private static final String TEXT =
      "A bus has 28 passengers. At a stop 9 get off and 13 get on. How many are on it then?";

  /** For the service registry. */
  @Activate
  public RetrievalBenchmark() {}

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    int queries = settings.integer("queries");
    List<Figure> figures = new ArrayList<>();
    Random random = new Random(1);
    for (int size : new int[] {settings.integer("vectors") / 10, settings.integer("vectors")}) {
      VectorTable table = new VectorTable(SentenceEncoder.WIDTH, size, i -> unit(random));
      figures.add(
          times(
              "exact scan of " + size + " vectors",
              queries,
              i -> {
                double[] scores = table.dot(unit(random));
                return Arrays.stream(scores).max().orElse(0);
              }));
    }
    try (SentenceEncoder encoder = SentenceEncoder.load()) {
      figures.add(times("embedding of a question", queries, i -> encoder.embed(TEXT + i)[0]));
    }
    return figures;
  }

  private interface Timed {
    double call(int i);
  }

  private static Figure times(String name, int queries, Timed timed) {
    double sink = 0;
    for (int i = 0; i < 20; i++) {
      sink += timed.call(i);
    }
    double[] milliseconds = new double[queries];
    for (int i = 0; i < queries; i++) {
      long start = System.nanoTime();
      sink += timed.call(i);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    if (Double.isNaN(sink)) {
      throw new IllegalStateException("a score is not a number");
    }
    return new Figure(
        name,
        milliseconds[queries / 2],
        "ms",
        Map.of("min", milliseconds[0], "p99", milliseconds[(int) (queries * 0.99)]));
  }

  private static float[] unit(Random random) {
    float[] vector = new float[SentenceEncoder.WIDTH];
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
