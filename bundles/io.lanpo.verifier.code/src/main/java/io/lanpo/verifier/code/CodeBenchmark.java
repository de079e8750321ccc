package io.lanpo.verifier.code;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.Benchmark;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Speed of the code verifier: one sample after the other, a program with imports against three
 * tests, in turn with a bare start of the same interpreter outside of the sandbox, which is what no
 * verifier can do without. Some samples without a clock warm up.
 */
@Component(
    service = Benchmark.class,
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.verifier.code",
    property = Components.NAME + "=verifier-code")
public final class CodeBenchmark implements Benchmark {
  private static final String SAMPLES = "samples";
  private static final int WARM_UP = 10;
  private static final double MILLIS = 1e6;

  private static final Problem PROBLEM =
      new Problem(
          new Question("benchmark", ""),
          new AnswerKey(
              "{\"entry_point\": \"most_common\", \"tests\": ["
                  + "\"assert most_common('abracadabra') == ('a', 5)\","
                  + "\"assert most_common('zz') == ('z', 2)\","
                  + "\"assert most_common('a b b') == ('b', 2)\"]}"),
          Map.of());

  private static final Response PROGRAM =
      new Response(
          """
          ```python
          import re
          from collections import Counter

          def most_common(text):
              return Counter(re.findall(r"\\w", text)).most_common(1)[0]
          ```
          """,
          true);

  private final CodeVerifier verifier;
  private final String interpreter;

  /**
   * Reads the options of the verifier and tries the sandbox.
   *
   * @throws UserException as the verifier does
   */
  @Activate
  public CodeBenchmark(CodeVerifier.Config config, Map<String, Object> properties) {
    this.verifier = new CodeVerifier(config, properties);
    this.interpreter = config.python();
  }

  /** Gives up what the verifier holds. */
  @Deactivate
  public void close() {
    verifier.close();
  }

  @Override
  public List<Setting> settings() {
    return List.of(Setting.integer(SAMPLES, 100, 1, 100_000, "samples", "How many are judged."));
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    int samples = settings.integer(SAMPLES);
    double[] starts = new double[samples];
    double[] times = new double[samples];
    try {
      for (int i = 0; i < WARM_UP; i++) {
        start();
        judge();
      }
      long begin = System.nanoTime();
      for (int i = 0; i < samples; i++) {
        starts[i] = start();
        times[i] = judge();
        Duration left = Duration.ofNanos((System.nanoTime() - begin) / (i + 1) * (samples - i - 1));
        listener.progressed(
            new Progress("", "benchmark verifier-code", i + 1, samples, left, Map.of()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("the benchmark was interrupted", "");
    } catch (IOException e) {
      throw new UserException("%s cannot be started: %s".formatted(interpreter, e), "", e);
    }
    Arrays.sort(starts);
    Arrays.sort(times);
    return List.of(
        figure("start of the interpreter", starts),
        figure("code, one sample", times),
        new Figure(
            "code, over the start",
            quantile(times, 0.5) - quantile(starts, 0.5),
            "ms",
            Map.of("samples", (double) samples)));
  }

  private static Figure figure(String name, double[] sorted) {
    return new Figure(
        name,
        quantile(sorted, 0.5),
        "ms",
        Map.of(
            "min",
            sorted[0],
            "p90",
            quantile(sorted, 0.9),
            "p99",
            quantile(sorted, 0.99),
            "max",
            sorted[sorted.length - 1]));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  /** Milliseconds of a start of the interpreter that does nothing. */
  private double start() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    new ProcessBuilder(interpreter, "-s", "-S", "-B", "-c", "pass").start().waitFor();
    return (System.nanoTime() - begin) / MILLIS;
  }

  private double judge() {
    long begin = System.nanoTime();
    Verdict verdict = verifier.verify(PROBLEM, PROGRAM);
    double millis = (System.nanoTime() - begin) / MILLIS;
    if (!verifier.accepts(verdict)) {
      throw new UserException("a sound program was not accepted: " + verdict.explanation(), "");
    }
    return millis;
  }
}
