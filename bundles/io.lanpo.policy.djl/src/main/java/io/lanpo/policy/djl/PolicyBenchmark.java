package io.lanpo.policy.djl;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.train.Benchmark;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Speed of decoding and training on one thread, beside the machine's matrix multiplication; or,
 * when a model is named, what {@link ModelBenchmark} measures.
 *
 * <p>All workloads take turns, so that a machine that slows down slows all of them down; figures
 * are medians over the turns. Time is the thread's CPU time. Relative figures are tokens per CPU
 * second per GFLOP/s, which compares machines: {@code relative} to PyTorch's plain matrix product,
 * {@code relativeToFastest} to the faster one of this and oneDNN's.
 */
@Component(
    service = Benchmark.class,
    scope = ServiceScope.PROTOTYPE,
    property = Components.NAME + "=policy")
public final class PolicyBenchmark implements Benchmark {
  static final String REPETITIONS = "repetitions";

  @Override
  public List<Setting> settings() {
    List<Setting> all = new ArrayList<>();
    all.add(
        Setting.integer(
            REPETITIONS,
            7,
            1,
            1000,
            "runs",
            "How often each workload runs; medians are reported."));
    all.addAll(ModelBenchmark.SETTINGS);
    return List.copyOf(all);
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    if (!settings.text(ModelBenchmark.MODEL).isEmpty()) {
      return new ModelBenchmark(settings).run(listener);
    }
    int repetitions = settings.integer(REPETITIONS);
    List<Figure> figures = new ArrayList<>();
    try (BenchmarkWorkloads workloads = new BenchmarkWorkloads()) {
      List<Samples> all = workloads.names().stream().map(Samples::new).toList();
      workloads.warmUp();
      long begin = System.nanoTime();
      for (int turn = 0; turn < repetitions; turn++) {
        for (int i = 0; i < all.size(); i++) {
          all.get(i).add(workloads.rate(i));
        }
        Duration left =
            Duration.ofNanos((System.nanoTime() - begin) / (turn + 1) * (repetitions - turn - 1));
        listener.progressed(
            new Progress("", "benchmark policy", turn + 1, repetitions, left, Map.of()));
      }
      List<Samples> products = all.subList(0, BenchmarkWorkloads.CEILINGS);
      products.forEach(product -> figures.add(product.figure("GFLOP/s", Map.of())));
      double ceiling = products.get(0).median();
      double fastest = products.stream().mapToDouble(Samples::median).max().orElseThrow();
      for (Samples samples : all.subList(products.size(), all.size())) {
        Map<String, Double> details =
            Map.of(
                "ceiling", ceiling,
                "relative", samples.median() / ceiling,
                "relativeToFastest", samples.median() / fastest);
        figures.add(samples.figure("tokens/CPU-s", details));
      }
    }
    return figures;
  }
}
