package io.lanpo.bench.verifier;

import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.train.RunListener;
import io.lanpo.bench.measure.Course;
import io.lanpo.bench.measure.Latencies;
import io.lanpo.bench.measure.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Speed of a verifier: cases a second of wall time over some threads, and how long single cases
 * take. Turns without a clock warm up, until they are not faster any more.
 */
@Component(service = Benchmark.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("verifier")
public final class VerifierBenchmark implements Benchmark {
  static final Setting<String> BESIDE =
      Setting.text(
          "beside",
          "",
          "A command that is started, and waited for, in turn with the cases, such as python3 -c"
              + " pass: what no verifier that runs programs can do without.");

  static final Setting<Integer> THREADS =
      Setting.integer("threads", 2, 1, 256, "threads", "Threads that judge at the same time.");

  static final Setting<Integer> REPETITIONS =
      Setting.integer("repetitions", 7, 1, 1000, "runs", "How many turns; medians count.");

  private static final String NAME = "verifier";
  private static final String MATH = "math";

  private static final Setting<Boolean> QUICK =
      Setting.flag(Benchmark.QUICK, false, "Short turns, and few: a first figure within seconds.");

  private static final Setting<String> VERIFIER = Setting.text("verifier", MATH, "The verifier.");

  private static final Setting<String> CASES =
      Setting.text(
          "cases",
          "",
          "What is judged: %s, %s, or a JSONL file with gold and prediction."
              .formatted(Cases.MATHEMATICS, Cases.PROGRAMS));

  private static final double MILLIS = 1e6;

  private static final Map<String, Double> PERCENTS =
      Map.of("p90", 90.0, "p99", 99.0, "p999", 99.9, "max", 100.0, "p50", 50.0);

  private final ComponentCatalogue catalogue;

  /**
   * @param catalogue finds the verifiers
   */
  @Activate
  public VerifierBenchmark(@Reference ComponentCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public List<Setting<?>> settings(Map<String, String> given) {
    boolean quick = Boolean.parseBoolean(given.get(QUICK.key()));
    return List.of(
        QUICK,
        VERIFIER,
        CASES.withDefault(Cases.standard(given.getOrDefault(VERIFIER.key(), MATH))),
        BESIDE,
        quick ? REPETITIONS.withDefault(2) : REPETITIONS,
        THREADS);
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    Course course = new Course(NAME, listener);
    List<Case> cases = Cases.of(settings.get(CASES));
    String name = settings.get(VERIFIER);
    int repetitions = settings.get(REPETITIONS);
    Samples rates = new Samples();
    Latencies times = new Latencies();
    Latencies starts = new Latencies();
    double accepted;
    try (ComponentUse<Verifier> verifier =
            catalogue.use(new Wanted<>(Verifier.class, name, VERIFIER.key()), "");
        Judges judges =
            new Judges(verifier.instance(), cases, settings.get(THREADS), course::check)) {
      course.run(
          () -> {
            course.prepare("%s, warming up".formatted(name));
            judges.warmUp(settings.get(QUICK));
            course.plan(repetitions, repetitions);
            for (int i = 0; i < repetitions; i++) {
              course.begin(name);
              if (!settings.get(BESIDE).isEmpty()) {
                starts.add(start(settings.get(BESIDE)), 1);
              }
              rates.add(judges.turn(times), Map.of());
              course.end(1, Map.of("cases/s", rates.median()));
            }
          });
      accepted = judges.accepted();
    } catch (IOException e) {
      throw new UserException(
          "%s = %s cannot be started: %s".formatted(BESIDE.key(), settings.get(BESIDE), e),
          "Give a program that is on the PATH, and its arguments.",
          e);
    }
    List<Figure> figures = new ArrayList<>();
    if (!rates.isEmpty()) {
      Map<String, Double> setup =
          Map.of(
              "threads",
              (double) settings.get(THREADS),
              "cases",
              (double) cases.size(),
              "accepted",
              accepted);
      figures.add(rates.figure(name, "cases/s", setup));
      figures.add(latency(name + ", one case", times));
    }
    if (!starts.isEmpty()) {
      figures.add(latency("start of " + settings.get(BESIDE), starts));
    }
    return figures;
  }

  private static Figure latency(String name, Latencies times) {
    Map<String, Double> all = times.percentiles(MILLIS, PERCENTS);
    return new Figure(name, all.getOrDefault("p50", Double.NaN), "ms", all);
  }

  /** Nanoseconds from the start of a process to its end. */
  private static long start(String command) throws IOException {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command.strip().split("\\s+"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return System.nanoTime() - begin;
  }
}
