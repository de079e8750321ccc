package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.Benchmark.Figure;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a checkpoint costs on this machine: generating for groups and for single prompts, an update,
 * a whole training step, and how generation grows with the batch and with the context.
 *
 * <p>Everything is timed by the clock, because several threads share the work, and stands beside
 * the two rates that bound it: of a matrix product and of reading memory, with as many threads.
 * Workloads take turns, so that a machine that slows down slows all of them down. Work is counted
 * without attention and without padding, so shares of the product's rate are a little too small.
 */
final class ModelBenchmark {
  static final String MODEL = "model";

  private static final String THREADS = "threads";
  private static final String GROWTH = "growth";
  private static final String STEPS = "steps";
  private static final String ONLY = "only";
  private static final int PRODUCT = 2048;
  private static final long READ = 1L << 26;

  static final List<Setting> SETTINGS =
      List.of(
          Setting.text(MODEL, "", "Checkpoint folder to measure; empty: two small decoders."),
          Setting.integer(
              PolicySettings.WORKERS, 2, 1, 64, "threads", "Threads that share the model's work."),
          Setting.integer(
              THREADS, 1, 1, 256, "threads", "Threads within one operation, of each worker."),
          Setting.integer(
              PolicySettings.UPDATE_TOKENS,
              1200,
              1,
              1 << 24,
              "tokens",
              "Tokens of one forward and backward pass of the model."),
          Setting.flag(
              PolicySettings.RECOMPUTE, false, "Gradient checkpointing in the model's updates."),
          Setting.flag(STEPS, true, "Whether the model's updates and whole steps are measured."),
          Setting.flag(GROWTH, false, "Whether growth with batch and context is measured."),
          Setting.text(
              ONLY,
              "",
              "Measures only workloads whose names begin like this; empty: all of them."));

  private final Settings settings;

  ModelBenchmark(Settings settings) {
    this.settings = settings;
  }

  /**
   * A workload.
   *
   * @param units tokens it counts as
   * @param gflop floating-point operations of its products, in billions
   * @param gigabytes of weights that it reads, at least
   */
  record Item(String name, double units, double gflop, double gigabytes, Runnable work) {}

  /** An item with what was measured of it. */
  private record Measured(Item item, Samples rates, Samples seconds, Samples cpu, Samples peaks) {
    Measured(Item item) {
      this(item, new Samples(item.name()), new Samples(""), new Samples(""), new Samples(""));
    }

    void add(Meter.Cost cost) {
      rates.add(item.units() / cost.seconds());
      seconds.add(cost.seconds());
      cpu.add(cost.cpuSeconds());
      peaks.add(cost.peakBytes() / (double) (1 << 20));
    }
  }

  List<Figure> run(RunListener listener) {
    int repetitions = settings.integer(PolicyBenchmark.REPETITIONS);
    int workers = settings.integer(PolicySettings.WORKERS);
    int threads = settings.integer(THREADS);
    List<Figure> figures = new ArrayList<>();
    try (ModelWorkloads model =
        new ModelWorkloads(
            Path.of(settings.text(MODEL)),
            workers,
            threads,
            settings.integer(PolicySettings.UPDATE_TOKENS),
            settings.flag(PolicySettings.RECOMPUTE))) {
      Ceilings ceilings = new Ceilings(model.network(), workers * threads);
      List<Item> items = items(model);
      List<Measured> all = items.stream().map(Measured::new).toList();
      items.get(0).work().run(); // warm-up
      long begin = System.nanoTime();
      int done = 0;
      for (int turn = 0; turn < repetitions; turn++) {
        ceilings.measure();
        for (Measured measured : all) {
          measured.add(Meter.of(measured.item().work()));
          done++;
          int left = repetitions * all.size() - done;
          Duration rest = Duration.ofNanos((System.nanoTime() - begin) / done * left);
          listener.progressed(
              new Progress("", "benchmark policy", done, repetitions * all.size(), rest, Map.of()));
        }
      }
      figures.add(ceilings.product.figure("GFLOP/s", Map.of()));
      figures.add(ceilings.read.figure("GB/s", Map.of()));
      all.forEach(m -> figures.add(figure(m, ceilings)));
    }
    return figures;
  }

  private List<Item> items(ModelWorkloads model) {
    List<Item> items = new ArrayList<>();
    items.add(model.generate(8, 8, 128, 128));
    items.add(model.generate(64, 1, 128, 128));
    items.add(model.generate(2, 8, 128, 128));
    items.add(model.generate(16, 1, 128, 128));
    if (settings.flag(STEPS)) {
      items.add(model.update(8, 8, 128, 128));
      items.add(model.step(8, 8, 128, 128));
      items.add(model.step(8, 8, 512, 128));
    }
    if (settings.flag(GROWTH)) {
      for (int batch = 1; batch <= 64; batch *= 2) {
        items.add(model.generate(batch, 1, 128, 64));
      }
      for (int context = 128; context <= 1024; context *= 2) {
        items.add(model.generate(16, 1, context, 32));
      }
    }
    List<Item> chosen =
        items.stream().filter(i -> i.name().startsWith(settings.text(ONLY))).toList();
    if (chosen.isEmpty()) {
      throw new UserException(
          "no workload's name begins with %s = %s".formatted(ONLY, settings.text(ONLY)),
          "Take one of: " + items.stream().map(Item::name).collect(Collectors.joining("; ")) + ".");
    }
    return chosen;
  }

  private static Figure figure(Measured measured, Ceilings ceilings) {
    double seconds = measured.seconds().median();
    Map<String, Double> details = new TreeMap<>();
    details.put("seconds", seconds);
    details.put("cpuSeconds", measured.cpu().median());
    details.put("peakMiB", measured.peaks().median());
    details.put("ofProduct", measured.item().gflop() / seconds / ceilings.product.median());
    if (measured.item().gigabytes() > 0) {
      details.put("ofBandwidth", measured.item().gigabytes() / seconds / ceilings.read.median());
    }
    return measured.rates().figure("tokens/s", details);
  }

  /** The machine's two limits, with all threads in one operation. */
  private static final class Ceilings {
    private final Network network;
    private final int threads;
    private final Samples product = new Samples("matrix product " + PRODUCT + ", oneDNN");
    private final Samples read = new Samples("reading memory");

    Ceilings(Network network, int threads) {
      this.network = network;
      this.threads = threads;
    }

    void measure() {
      network.prepareThread(threads);
      try (NDManager step = network.step()) {
        NDArray matrix = step.ones(new Shape(PRODUCT, PRODUCT));
        product.add(2e-9 * PRODUCT * PRODUCT * PRODUCT / best(() -> multiply(matrix)));
        NDArray large = step.ones(new Shape(READ));
        read.add(1e-9 * Float.BYTES * READ / best(() -> large.sum().close()));
      }
      network.prepareThread();
    }

    private void multiply(NDArray matrix) {
      try (ScriptCall call = network.call("product")) {
        call.add(matrix).add(matrix).run();
      }
    }

    /** Seconds of the quickest of three. */
    private static double best(Runnable work) {
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 3; i++) {
        best = Math.min(best, Meter.of(work).seconds());
      }
      return best;
    }
  }
}
