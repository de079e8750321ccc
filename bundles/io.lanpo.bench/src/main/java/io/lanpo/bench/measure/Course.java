package io.lanpo.bench.measure;

import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * The course of a benchmark, unit by unit: says what is measured, how far it is and how long the
 * rest may take, and ends it between two units when its thread is interrupted.
 */
public final class Course {
  private final String benchmark;
  private final RunListener listener;
  private final LongSupplier clock;
  private String what = "";
  private int units;
  private int done;
  private double weight;
  private double weightDone;
  private long spent;
  private long since;

  /**
   * @param benchmark its name
   * @param listener hears of progress
   */
  public Course(String benchmark, RunListener listener) {
    this(benchmark, listener, System::nanoTime);
  }

  /**
   * @param clock nanoseconds
   */
  Course(String benchmark, RunListener listener, LongSupplier clock) {
    this.benchmark = benchmark;
    this.listener = listener;
    this.clock = clock;
  }

  /** Says what is done before the first unit. */
  public void prepare(String preparation) {
    what = preparation;
    say(Map.of());
  }

  /**
   * Fixes how much there is to do.
   *
   * @param units how many units
   * @param weight what they take together, in any measure that grows with time
   */
  public void plan(int units, double weight) {
    this.units = units;
    this.weight = weight;
    since = clock.getAsLong();
  }

  /**
   * Begins a unit.
   *
   * @param unit what is measured
   * @throws CancellationException when the thread was interrupted
   */
  public void begin(String unit) {
    check();
    what = unit;
    since = clock.getAsLong();
    say(Map.of());
  }

  /** Something within a unit has taken this share of the weight of all. */
  public void advance(double share) {
    check();
    weigh(share);
    say(Map.of());
  }

  /**
   * Ends a unit.
   *
   * @param share its part of the weight, without what {@link #advance} was told
   * @param figures what was measured
   */
  public void end(double share, Map<String, Double> figures) {
    done++;
    weigh(share);
    say(figures);
  }

  /** What has no weight says nothing of the time that the rest takes. */
  private void weigh(double share) {
    long now = clock.getAsLong();
    if (share > 0) {
      weightDone += share;
      spent += now - since;
    }
    since = now;
  }

  /**
   * To be called now and then within a unit that takes long.
   *
   * @throws CancellationException when the thread was interrupted; its interrupt status is then
   *     taken away until {@link #run} returns, since files of an interrupted thread close by
   *     themselves
   */
  public void check() {
    if (Thread.interrupted()) {
      throw new CancellationException("the benchmark was interrupted");
    }
  }

  private void say(Map<String, Double> figures) {
    double left = weightDone == 0 ? 0 : (weight - weightDone) / weightDone;
    Duration remaining = Duration.ofNanos((long) (spent * left));
    listener.progressed(
        new Progress("", "%s: %s".formatted(benchmark, what), done, units, remaining, figures));
  }

  /**
   * Does the work of the benchmark; returns normally also when the thread is interrupted meanwhile,
   * with its interrupt status set.
   */
  public void run(Work work) throws IOException {
    boolean interrupted = false;
    try {
      work.run();
    } catch (CancellationException e) {
      interrupted = true;
    } catch (IOException | RuntimeException e) {
      // a store whose file was closed by the interruption
      interrupted = Thread.interrupted();
      if (!interrupted) {
        throw e;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a benchmark does. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }
}
