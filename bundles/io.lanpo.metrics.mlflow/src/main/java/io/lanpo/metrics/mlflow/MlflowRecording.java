package io.lanpo.metrics.mlflow;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.train.RunState;
import io.lanpo.metrics.mlflow.TrackingServer.Metric;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server of a run. While the server cannot be reached, what it lacks waits here, and is
 * told as soon as it answers again: the server is asked now and then when there is something to
 * tell, and once more at the end.
 */
final class MlflowRecording implements Recording {
  /** The server's limit on the metrics of one request. */
  private static final int MOST_METRICS = 1000;

  /** Steps that may wait. More take memory; {@code metrics.jsonl} has them for the next time. */
  private static final int MOST_WAITING = 20_000;

  /** How long a call may be busy with what waits; it has {@code metrics-limit} in all. */
  private static final Duration SHARE = Duration.ofSeconds(5);

  /** At the end: {@code metrics-limit} alone counts. */
  private static final Duration ALL_THE_TIME = Duration.ofDays(1);

  private final TrackingServer server;
  private final String experiment;
  private final RecordedRun run;
  private final Duration pause;
  private final Consumer<String> warn;
  private final Deque<Figures> waiting = new ArrayDeque<>();
  private @Nullable TrackedRun there;
  private boolean asked;
  private boolean warned;

  /** When the server may be asked again, by {@link System#nanoTime}. */
  private long next = System.nanoTime();

  /**
   * What belongs in one request.
   *
   * @param step 0 for what is told whatever the server has, which knows a value again
   */
  private record Figures(int step, List<Metric> metrics) {}

  /**
   * Begins the run on the server, or goes on with the one that the run's folder names; later, if
   * the server cannot be reached now.
   *
   * @param pause how long a server that cannot be reached is left alone
   * @param warn is told once that it cannot be reached
   */
  MlflowRecording(
      TrackingServer server,
      String experiment,
      RecordedRun run,
      Duration pause,
      Consumer<String> warn) {
    this.server = server;
    this.experiment = experiment;
    this.run = run;
    this.pause = pause;
    this.warn = warn;
    tellIfReachable();
  }

  /** 0 as long as the server does not say. */
  @Override
  public int last() {
    return there == null ? 0 : there.last();
  }

  @Override
  public void step(RecordedStep step) {
    long millis = Math.round(step.at() * 1e3);
    List<Metric> metrics = new ArrayList<>();
    step.figures()
        .forEach(
            (key, value) -> {
              if (Double.isFinite(value)) {
                metrics.add(new Metric(TrackedRun.name(key), value, millis, step.step()));
              }
            });
    tell(new Figures(step.step(), metrics));
  }

  /** Scores of evaluations between steps are figures of their steps. */
  @Override
  public void evaluated(RecordedEvaluation evaluation) {
    if (evaluation.full()) {
      long millis = Math.round(evaluation.at() * 1e3);
      List<Metric> metrics = new ArrayList<>();
      evaluation
          .scores()
          .forEach(
              (mode, score) ->
                  metrics.add(
                      new Metric(
                          "full-evaluation." + Setting.word(mode),
                          score.mean(),
                          millis,
                          evaluation.step())));
      tell(new Figures(0, metrics));
    }
  }

  private void tell(Figures figures) {
    if (waiting.size() == MOST_WAITING) {
      throw new UserException(
          "the server %s has not answered for %d steps".formatted(server.url(), MOST_WAITING),
          "It is told them when the run goes on.");
    }
    waiting.add(figures);
    if (System.nanoTime() - next >= 0) {
      tellIfReachable();
    }
  }

  private void tellIfReachable() {
    try {
      tellWaiting(SHARE);
    } catch (UserException e) {
      if (!TrackingServer.passes(e)) {
        throw e;
      }
      next = System.nanoTime() + pause.toNanos();
      if (!warned) {
        warned = true;
        warn.accept(
            "%s. Run %s goes on; the server is told what it lacks as soon as it answers again"
                .formatted(e.getMessage(), run.id()));
      }
    }
  }

  /** Tells what waits, as much as there is time for. */
  private TrackedRun tellWaiting(Duration most) {
    long begin = System.nanoTime();
    TrackedRun known = there == null ? connect() : there;
    while (!waiting.isEmpty() && System.nanoTime() - begin < most.toNanos()) {
      List<Metric> request = new ArrayList<>();
      int taken = 0;
      // a step is never divided: what the server has of one, it has whole
      for (Figures figures : waiting) {
        if (taken > 0 && request.size() + figures.metrics().size() > MOST_METRICS) {
          break;
        }
        request.addAll(figures.metrics());
        taken++;
      }
      known.metrics(request);
      for (int i = 0; i < taken; i++) {
        waiting.remove();
      }
    }
    return known;
  }

  private TrackedRun connect() {
    boolean before = asked;
    asked = true;
    TrackedRun known = TrackedRun.of(server, experiment, run, before);
    waiting.removeIf(figures -> figures.step() > 0 && figures.step() <= known.last());
    there = known;
    return known;
  }

  @Override
  public void ended(RunState state, int step, String message) {
    String status =
        switch (state) {
          case FINISHED -> "FINISHED";
          case FAILED -> "FAILED";
          default -> "KILLED";
        };
    try {
      tellWaiting(ALL_THE_TIME).ended(status, message);
    } catch (UserException e) {
      throw TrackingServer.passes(e) ? lacking(e) : e;
    }
  }

  private UserException lacking(UserException why) {
    int steps = (int) waiting.stream().filter(figures -> figures.step() > 0).count();
    return new UserException(
        "%s. It lacks %s of the run"
            .formatted(
                why.getMessage(),
                steps == 0 ? "the end" : steps == 1 ? "1 step" : steps + " steps"),
        "It is told when the run goes on, one that is finished with more steps: lanpo resume %s"
            .formatted(run.id()),
        why);
  }

  @Override
  public void close() {
    server.close();
  }
}
