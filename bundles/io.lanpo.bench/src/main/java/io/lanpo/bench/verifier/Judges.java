package io.lanpo.bench.verifier;

import io.lanpo.api.reward.Verifier;
import io.lanpo.bench.measure.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that judge cases at the same time, each all of them some times over. */
final class Judges implements AutoCloseable {
  /** What a turn takes, about, where all cases take less. */
  private static final double TURN_SECONDS = 0.5;

  private static final double QUICK_TURN_SECONDS = 0.1;
  private static final int MOST_ROUNDS = 1000;

  /** A turn that is no faster than this times the fastest before it has warm code. */
  private static final double FASTER = 1.03;

  private static final int ENOUGH_ALIKE = 3;
  private static final int MOST_WARMING = 30;

  private final Verifier verifier;
  private final List<Case> cases;
  private final int threads;
  private final Runnable check;
  private final ExecutorService executor;
  private double accepted;
  private int rounds = 1;

  /**
   * @param check throws when the calling thread was interrupted
   */
  Judges(Verifier verifier, List<Case> cases, int threads, Runnable check) {
    this.verifier = verifier;
    this.cases = cases;
    this.threads = threads;
    this.check = check;
    this.executor = Executors.newFixedThreadPool(threads);
  }

  /**
   * Judges every case once, then in turns until three of them in a row were not faster than those
   * before: until then the virtual machine compiles beside the judging, on the same cores.
   */
  void warmUp(boolean quick) {
    accepted = (double) cases.stream().filter(this::accepts).count() / cases.size();
    double seconds = quick ? QUICK_TURN_SECONDS : TURN_SECONDS;
    double best = turn(new Latencies());
    int alike = 0;
    for (int i = 0; i < MOST_WARMING && alike < ENOUGH_ALIKE; i++) {
      double turns = seconds * best / (threads * cases.size());
      rounds = (int) Math.max(1, Math.min(MOST_ROUNDS, turns));
      double rate = turn(new Latencies());
      alike = rate > best * FASTER ? 0 : alike + 1;
      best = Math.max(best, rate);
    }
  }

  private boolean accepts(Case one) {
    check.run();
    return verifier.accepts(verifier.verify(one.problem(), one.response()));
  }

  /** Share of the cases that the verifier accepts. */
  double accepted() {
    return accepted;
  }

  /**
   * Every thread judges every case.
   *
   * @param times where the time of each goes
   * @return cases a second
   */
  double turn(Latencies times) {
    List<Callable<Latencies>> work = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      work.add(this::judge);
    }
    List<Latencies> all = new ArrayList<>();
    long begin = System.nanoTime();
    try {
      for (Future<Latencies> future : executor.invokeAll(work)) {
        all.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      check.run();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the verifier failed", e.getCause());
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    all.forEach(times::addAll);
    return threads * rounds * cases.size() / seconds;
  }

  private Latencies judge() {
    Latencies times = new Latencies();
    for (int round = 0; round < rounds; round++) {
      for (Case one : cases) {
        long begin = System.nanoTime();
        verifier.verify(one.problem(), one.response());
        times.add(System.nanoTime() - begin, 1);
        if (Thread.currentThread().isInterrupted()) {
          return times;
        }
      }
    }
    return times;
  }

  /** Waits for the cases that are being judged: their verifier is about to be given back. */
  @Override
  public void close() {
    executor.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
