package io.lanpo.bench.pool;

import io.lanpo.api.pool.Experience;
import io.lanpo.bench.measure.Course;
import io.lanpo.bench.measure.Latencies;
import io.lanpo.bench.measure.Samples;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** One store of one size: filled, closed, opened again, asked at random, closed and weighed. */
record PoolTrial(
    Contender contender, BenchmarkValues values, int entries, Plan plan, Course course) {
  /**
   * How it is done.
   *
   * @param batch entries that are put at a time
   * @param gets entries that are asked for
   */
  record Plan(int batch, int gets) {}

  /** What a trial reads. */
  enum Figure {
    PUT("entries/s"),
    GET("entries/s"),
    DISK("bytes/byte"),
    REOPEN("ms"),
    HEAP("bytes/entry");

    private final String unit;

    Figure(String unit) {
      this.unit = unit;
    }

    String unit() {
      return unit;
    }
  }

  private static final int WARM_UP = 2000;
  private static final double MICROS = 1e3;
  private static final Map<String, Double> PERCENTS = Map.of("p50", 50.0, "p99", 99.0);

  /** Samples for each figure. */
  static Map<Figure, Samples> samples() {
    Map<Figure, Samples> all = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      all.put(figure, new Samples());
    }
    return all;
  }

  /**
   * Runs it and removes what it wrote.
   *
   * @param folder a folder for the store, not there yet
   * @param samples where the samples go
   */
  void run(Path folder, Map<Figure, Samples> samples) throws IOException {
    Files.createDirectories(folder);
    try {
      long payload = fill(folder, of(samples, Figure.PUT));
      long heap = usedHeap();
      long begin = System.nanoTime();
      try (Contender.Open store = contender.open(folder)) {
        of(samples, Figure.REOPEN).add((System.nanoTime() - begin) / 1e6, Map.of());
        of(samples, Figure.HEAP).add((usedHeap() - heap) / (double) entries, Map.of());
        ask(store, of(samples, Figure.GET));
      }
      of(samples, Figure.DISK).add(Trees.bytes(folder) / (double) payload, Map.of());
    } finally {
      FileTree.delete(folder);
    }
  }

  private static Samples of(Map<Figure, Samples> samples, Figure figure) {
    return Objects.requireNonNull(samples.get(figure));
  }

  /** Puts all entries; tells their payload in bytes. */
  private long fill(Path folder, Samples samples) throws IOException {
    Latencies laps = new Latencies();
    long payload = 0;
    try (Contender.Open store = contender.open(folder)) {
      for (int from = 0; from < entries; from += plan.batch()) {
        List<Experience> batch =
            IntStream.range(from, Math.min(entries, from + plan.batch()))
                .mapToObj(values::experience)
                .toList();
        payload += batch.stream().mapToLong(e -> Encoding.encode(e).length).sum();
        long begin = System.nanoTime();
        store.put(batch);
        laps.add(System.nanoTime() - begin, batch.size());
        course.advance(batch.size());
      }
    }
    samples.add(laps.rate(), laps.percentiles(MICROS, PERCENTS));
    return payload;
  }

  private void ask(Contender.Open store, Samples samples) throws IOException {
    Random random = new Random(entries);
    for (int i = 0; i < Math.min(WARM_UP, plan.gets()); i++) {
      get(store, random.nextInt(entries));
    }
    Latencies laps = new Latencies();
    for (int i = 0; i < plan.gets(); i++) {
      laps.add(get(store, random.nextInt(entries)), 1);
      course.check();
    }
    samples.add(laps.rate(), laps.percentiles(MICROS, PERCENTS));
  }

  /** Time of one get; that the right entry came is checked outside of it. */
  private static long get(Contender.Open store, int number) throws IOException {
    String id = BenchmarkValues.id(number);
    long begin = System.nanoTime();
    Experience got = store.get(id);
    long nanos = System.nanoTime() - begin;
    if (!got.id().equals(id)) {
      throw new IllegalStateException("asked for " + id + ", got " + got.id());
    }
    return nanos;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
