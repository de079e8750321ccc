package io.lanpo.pool.bench;

import io.lanpo.api.pool.Experience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** One store of one size: filled, closed, opened again, asked at random, closed and weighed. */
final class PoolTrial {
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

  private final Contender contender;
  private final BenchmarkValues values;
  private final int entries;
  private final Plan plan;

  PoolTrial(Contender contender, BenchmarkValues values, int entries, Plan plan) {
    this.contender = contender;
    this.values = values;
    this.entries = entries;
    this.plan = plan;
  }

  /**
   * Runs it and removes what it wrote.
   *
   * @param folder a folder for the store, not there yet
   * @param readings where the readings go
   */
  void run(Path folder, Map<Figure, Readings> readings) throws IOException {
    Files.createDirectories(folder);
    try {
      long payload = fill(folder, of(readings, Figure.PUT));
      long heap = usedHeap();
      long begin = System.nanoTime();
      try (Contender.Open store = contender.open(folder)) {
        of(readings, Figure.REOPEN).add((System.nanoTime() - begin) / 1e6, Map.of());
        of(readings, Figure.HEAP).add((usedHeap() - heap) / (double) entries, Map.of());
        ask(store, of(readings, Figure.GET));
      }
      of(readings, Figure.DISK).add(Trees.bytes(folder) / (double) payload, Map.of());
    } finally {
      Trees.delete(folder);
    }
  }

  private static Readings of(Map<Figure, Readings> readings, Figure figure) {
    return Objects.requireNonNull(readings.get(figure));
  }

  /** Puts all entries; tells their payload in bytes. */
  private long fill(Path folder, Readings reading) throws IOException {
    Readings.Laps laps = new Readings.Laps(entries / plan.batch() + 1);
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
      }
    }
    reading.add(laps.rate(), laps.percentiles());
    return payload;
  }

  private void ask(Contender.Open store, Readings reading) throws IOException {
    Random random = new Random(entries);
    for (int i = 0; i < WARM_UP; i++) {
      get(store, random.nextInt(entries));
    }
    Readings.Laps laps = new Readings.Laps(plan.gets());
    for (int i = 0; i < plan.gets(); i++) {
      laps.add(get(store, random.nextInt(entries)), 1);
    }
    reading.add(laps.rate(), laps.percentiles());
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
