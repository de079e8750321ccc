package io.lanpo.verifier.math;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.Benchmark;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import io.lanpo.verifier.math.compare.Conventions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Speed of the mathematics verifier: cases a second of wall time over some threads, and how long
 * single cases take. The cases are pairs from every category that it knows, right and wrong, each
 * answer in a box behind some prose. One turn without a clock warms up.
 */
@Component(
    service = Benchmark.class,
    scope = ServiceScope.PROTOTYPE,
    property = Components.NAME + "=verifier")
public final class MathBenchmark implements Benchmark {
  static final String REPETITIONS = "repetitions";
  static final String THREADS = "threads";

  private static final String PROSE = "First we look at what is given, then calculate. ".repeat(20);
  private static final int ROUNDS = 20;
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e6;

  private record Pair(String key, String response) {}

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer(REPETITIONS, 7, 1, 1000, "runs", "How often the cases run; medians count."),
        Setting.integer(THREADS, 2, 1, 256, "threads", "Threads that judge at the same time."));
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    int threads = settings.integer(THREADS);
    int repetitions = settings.integer(REPETITIONS);
    List<Pair> pairs = pairs();
    Judge judge = new Judge(Conventions.math());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    double[] rates = new double[repetitions];
    long[] all = new long[repetitions * threads * ROUNDS * pairs.size()];
    int at = 0;
    try {
      turn(pool, threads, judge, pairs);
      long begin = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        long start = System.nanoTime();
        for (long[] times : turn(pool, threads, judge, pairs)) {
          System.arraycopy(times, 0, all, at, times.length);
          at += times.length;
        }
        rates[i] = threads * ROUNDS * pairs.size() / ((System.nanoTime() - start) / NANOS);
        Duration left =
            Duration.ofNanos((System.nanoTime() - begin) / (i + 1) * (repetitions - i - 1));
        listener.progressed(
            new Progress("", "benchmark verifier", i + 1, repetitions, left, Map.of()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("the benchmark was interrupted", "");
    } finally {
      pool.shutdownNow();
    }
    Arrays.sort(rates);
    Arrays.sort(all);
    return List.of(
        new Figure(
            "mathematics",
            rates[repetitions / 2],
            "cases/s",
            Map.of(
                "min",
                rates[0],
                "max",
                rates[repetitions - 1],
                "threads",
                (double) threads,
                "pairs",
                (double) pairs.size())),
        new Figure(
            "mathematics, one case",
            quantile(all, 0.5),
            "ms",
            Map.of(
                "p90", quantile(all, 0.9),
                "p99", quantile(all, 0.99),
                "p999", quantile(all, 0.999),
                "max", quantile(all, 1))));
  }

  private static double quantile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / MILLIS;
  }

  /** Every thread judges every pair some times; nanoseconds a case. */
  private static List<long[]> turn(ExecutorService pool, int threads, Judge judge, List<Pair> pairs)
      throws InterruptedException {
    List<Callable<long[]>> work = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      work.add(() -> times(judge, pairs));
    }
    List<long[]> times = new ArrayList<>();
    try {
      for (Future<long[]> future : pool.invokeAll(work)) {
        times.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return times;
  }

  private static long[] times(Judge judge, List<Pair> pairs) {
    long[] times = new long[ROUNDS * pairs.size()];
    for (int i = 0; i < times.length; i++) {
      Pair pair = pairs.get(i % pairs.size());
      long begin = System.nanoTime();
      Objects.requireNonNull(judge.verdict(pair.key, pair.response));
      times[i] = System.nanoTime() - begin;
    }
    return times;
  }

  private static List<Pair> pairs() {
    try (InputStream in =
            Objects.requireNonNull(MathBenchmark.class.getResourceAsStream("benchmark.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split("\t", -1))
          .map(pair -> new Pair(pair[0], PROSE + "So it is \\boxed{" + pair[1] + "}."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
