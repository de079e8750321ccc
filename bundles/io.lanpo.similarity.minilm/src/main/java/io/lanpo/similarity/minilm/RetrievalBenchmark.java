package io.lanpo.similarity.minilm;

import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.similarity.SimilarityFilter.Hit;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Measures how long the ten best of many candidates take to find, by a scan of all and by the
 * index, how many of the true ten the index finds, and the time of an embedding. Queries are true
 * embeddings of problems that are not among the candidates.
 */
@Component
@LanpoName("retrieval")
public final class RetrievalBenchmark implements Benchmark {
  static final Setting<Integer> VECTORS =
      Setting.integer("vectors", 100_000, 10_000, 2_000_000, "vectors", "Size of the large table.");

  static final Setting<Integer> QUERIES =
      Setting.integer("queries", 200, 10, 100_000, "queries", "Measured searches of each.");

  private static final int STAGES = 5;
  private static final int BEST = 10;
  private static final int PROBLEMS = 2000;
  private static final int WARM_UP = 20;

  /** For the service registry. */
  @Activate
  public RetrievalBenchmark() {}

  @Override
  public List<Setting<?>> settings(Map<String, String> given) {
    boolean quick = Boolean.parseBoolean(given.get(QUICK));
    return List.of(
        Setting.flag(QUICK, false, "A small table: a first figure within seconds."),
        quick ? VECTORS.withDefault(10_000) : VECTORS,
        quick ? QUERIES.withDefault(50) : QUERIES);
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    List<Figure> figures = new ArrayList<>();
    begins(listener, "embedding", 0);
    try (SentenceEncoder encoder = SentenceEncoder.load()) {
      Random random = new Random(2);
      List<Question> queries =
          IntStream.range(0, settings.get(QUERIES))
              .mapToObj(i -> new Question("q" + i, WordProblems.draw(random)))
              .toList();
      double[] took = new double[queries.size()];
      List<float[]> wanted = new ArrayList<>();
      for (int i = 0; i < took.length; i++) {
        long start = System.nanoTime();
        wanted.add(encoder.embed(queries.get(i).text()));
        took[i] = milliseconds(start);
      }
      figures.add(figure("embedding of a question", took, Map.of()));
      LikelyEmbeddings likely = new LikelyEmbeddings(encoder, PROBLEMS);
      Function<Question, float[]> embedded =
          q -> {
            int number = Integer.parseInt(q.id().substring(1));
            return q.id().startsWith("q") ? wanted.get(number) : likely.vector(number);
          };
      int most = settings.get(VECTORS);
      int done = 1;
      for (int size : new int[] {most / 10, most}) {
        if (!begins(listener, "exact scan of " + size, done++)) {
          break;
        }
        List<Question> candidates =
            List.copyOf(IntStream.range(0, size).mapToObj(i -> new Question("v" + i, "")).toList());
        List<List<Hit>> exact = new ArrayList<>();
        EmbeddingScorer scan = new EmbeddingScorer(embedded, Integer.MAX_VALUE);
        scan.best(queries.get(0), candidates, BEST);
        double[] scanned = times(scan, queries, candidates, exact);
        figures.add(figure("exact scan of " + size, scanned, Map.of("recall", 1.0)));

        if (!begins(listener, "index over " + size, done++)) {
          break;
        }
        List<List<Hit>> found = new ArrayList<>();
        EmbeddingScorer index = new EmbeddingScorer(embedded, 0);
        index.scores(queries.get(0), candidates); // the vectors are there before the graph
        long start = System.nanoTime();
        index.best(queries.get(0), candidates, BEST);
        double seconds = milliseconds(start) / 1000;
        double[] searched = times(index, queries, candidates, found);
        figures.add(figure("index over " + size, searched, Map.of("recall", recall(exact, found))));
        figures.add(new Figure("building the index over " + size, seconds, "s", Map.of()));
      }
    }
    return figures;
  }

  private static double[] times(
      EmbeddingScorer scorer,
      List<Question> queries,
      List<Question> candidates,
      List<List<Hit>> found) {
    for (int i = 0; i < WARM_UP; i++) {
      scorer.best(queries.get(i % queries.size()), candidates, BEST);
    }
    double[] took = new double[queries.size()];
    for (int i = 0; i < took.length; i++) {
      long start = System.nanoTime();
      found.add(scorer.best(queries.get(i), candidates, BEST));
      took[i] = milliseconds(start);
    }
    return took;
  }

  /** Share of the true best that were found. */
  private static double recall(List<List<Hit>> exact, List<List<Hit>> found) {
    long common = 0;
    long all = 0;
    for (int i = 0; i < exact.size(); i++) {
      Set<Integer> right = new HashSet<>(exact.get(i).stream().map(Hit::index).toList());
      all += right.size();
      common += found.get(i).stream().filter(hit -> right.contains(hit.index())).count();
    }
    return (double) common / all;
  }

  private static Figure figure(String name, double[] milliseconds, Map<String, Double> further) {
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    Map<String, Double> details = new HashMap<>(further);
    details.put("min", sorted[0]);
    details.put("p99", sorted[(int) (sorted.length * 0.99)]);
    return new Figure(name, sorted[sorted.length / 2], "ms", details);
  }

  private static double milliseconds(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /** Says what comes next, unless the thread was interrupted. */
  private static boolean begins(RunListener listener, String what, int done) {
    listener.progressed(
        new Progress("", "retrieval: " + what, done, STAGES, Duration.ZERO, Map.of()));
    return !Thread.currentThread().isInterrupted();
  }
}
