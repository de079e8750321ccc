package io.lanpo.bench.policy;

import io.lanpo.api.bench.Benchmark.Figure;
import io.lanpo.api.bench.MachineLimits.Limits;
import io.lanpo.api.policy.Policy;
import io.lanpo.bench.measure.Course;
import io.lanpo.bench.measure.Meter;
import io.lanpo.bench.measure.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The measurement itself. Workloads take turns, so that a machine that slows down slows all of them
 * down. Everything is timed by the clock, because several threads share the work, and stands beside
 * the two rates that bound it: of a matrix product and of reading memory, with as many threads.
 *
 * <p>Work is counted as two floating-point operations a weight and token, six in an update;
 * attention and padding are left out.
 */
final class Turns {
  private static final String LIMITS = "the machine's limits";
  private static final double OPERATIONS = 2e-9;
  private static final double WEIGHT_BYTES = 4e-9;

  private final Policy policy;
  private final List<Measured> workloads;
  private final Optional<Supplier<Limits>> limits;
  private final int repetitions;
  private final Course course;
  private final Samples product = new Samples();
  private final Samples read = new Samples();

  /**
   * @param limits measures those of the machine; empty when they are not known
   * @param repetitions how many turns
   */
  Turns(
      Policy policy,
      List<Workload> workloads,
      Optional<Supplier<Limits>> limits,
      int repetitions,
      Course course) {
    this.policy = policy;
    this.workloads = workloads.stream().map(w -> new Measured(w, new Samples())).toList();
    this.limits = limits;
    this.repetitions = repetitions;
    this.course = course;
  }

  /** A workload with its tokens a second. */
  private record Measured(Workload workload, Samples rates) {}

  /** Figures of what was measured before the end or an interruption. */
  List<Figure> run() throws IOException {
    course.run(this::measure);
    List<Figure> figures = new ArrayList<>();
    if (!product.isEmpty()) {
      figures.add(product.figure("matrix product", "GFLOP/s", Map.of()));
      figures.add(read.figure("reading memory", "GB/s", Map.of()));
    }
    for (Measured measured : workloads) {
      if (!measured.rates().isEmpty()) {
        figures.add(measured.rates().figure(measured.workload().name(), "tokens/s", Map.of()));
      }
    }
    return figures;
  }

  private void measure() {
    course.prepare("warming up");
    Workloads.WARM_UP.run(policy);
    double weight = workloads.stream().mapToDouble(m -> m.workload().weight()).sum();
    int units = workloads.size() + (limits.isPresent() ? 1 : 0);
    course.plan(repetitions * units, repetitions * weight);
    for (int turn = 0; turn < repetitions; turn++) {
      Optional<Limits> now = limits.map(this::measure);
      for (Measured measured : workloads) {
        measure(measured, now);
      }
    }
  }

  private Limits measure(Supplier<Limits> machine) {
    course.begin(LIMITS);
    Limits now = machine.get();
    product.add(now.product(), Map.of());
    read.add(now.read(), Map.of());
    course.end(0, Map.of("GFLOP/s", now.product(), "GB/s", now.read()));
    return now;
  }

  private void measure(Measured measured, Optional<Limits> now) {
    Workload workload = measured.workload();
    course.begin(workload.name());
    Meter.Metered<Workload.Done> metered = Meter.of(() -> workload.run(policy));
    double seconds = metered.seconds();
    Map<String, Double> details = new TreeMap<>();
    details.put("seconds", seconds);
    details.put("cpuSeconds", metered.cpuSeconds());
    details.put("peakMiB", metered.peakBytes() / (double) (1 << 20));
    double parameters = policy.info().parameters();
    now.ifPresent(
        l -> {
          double gflop = OPERATIONS * parameters * metered.result().passes();
          details.put("ofProduct", gflop / seconds / l.product());
          if (workload.kind() == Workload.Kind.GENERATE) {
            double gigabytes = WEIGHT_BYTES * parameters * workload.completion();
            details.put("ofRead", gigabytes / seconds / l.read());
          }
        });
    double rate = metered.result().tokens() / seconds;
    measured.rates().add(rate, details);
    course.end(workload.weight(), Map.of("tokens/s", rate));
  }
}
