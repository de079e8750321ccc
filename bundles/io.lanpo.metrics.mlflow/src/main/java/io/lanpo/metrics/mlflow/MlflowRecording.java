package io.lanpo.metrics.mlflow;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.train.RunState;
import io.lanpo.metrics.mlflow.TrackingServer.Known;
import io.lanpo.metrics.mlflow.TrackingServer.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run on the server. */
final class MlflowRecording implements Recording {
  /** The server's limits on values, in characters. */
  static final int LONGEST_PARAMETER = 6000;

  private static final int LONGEST_TAG = 5000;

  private final TrackingServer server;
  private final String run;
  private final int last;

  private MlflowRecording(TrackingServer server, String run, int last) {
    this.server = server;
    this.run = run;
    this.last = last;
  }

  /** Begins a run on the server, or goes on with the one that the run's folder names. */
  static MlflowRecording open(TrackingServer server, String experiment, RecordedRun run) {
    Optional<String> before = MlflowFile.read(run.folder(), server.url());
    String id = before.orElseGet(() -> begin(server, experiment, run));
    Known known = before.isPresent() ? known(server, id, run) : new Known(0, Map.of());
    Map<String, String> parameters = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("lanpo.run", run.id());
    tags.put("lanpo.configuration", run.configuration());
    run.components().forEach((kind, what) -> tags.put(name("lanpo." + kind), what));
    run.settings()
        .forEach(
            (key, value) -> {
              String name = name(key);
              String shown = cut(value, LONGEST_PARAMETER);
              String there = known.parameters().get(name);
              if (there == null) {
                parameters.put(name, shown);
              } else if (!there.equals(shown)) {
                // a parameter of the server cannot be changed, as 'steps' of a run that goes on is
                tags.put(name("lanpo.changed." + key), shown);
              }
            });
    tags.replaceAll((key, value) -> cut(value, LONGEST_TAG));
    server.add(id, "params", parameters);
    server.add(id, "tags", tags);
    server.update(id, "RUNNING", 0);
    return new MlflowRecording(server, id, known.last());
  }

  private static String begin(TrackingServer server, String experiment, RecordedRun run) {
    String id =
        server.create(server.experiment(experiment), run.id(), run.started().toEpochMilli());
    MlflowFile.write(run.folder(), server.url(), id);
    return id;
  }

  private static Known known(TrackingServer server, String id, RecordedRun run) {
    try {
      return server.known(id);
    } catch (UserException e) {
      throw new UserException(
          "%s; if run %s is no longer on the server, remove %s: it is then told again from its beginning"
              .formatted(e.getMessage(), id, MlflowFile.of(run.folder())),
          e.nextStep(),
          e);
    }
  }

  @Override
  public int last() {
    return last;
  }

  @Override
  public void step(RecordedStep step) {
    long millis = Math.round(step.at() * 1e3);
    List<Metric> metrics = new ArrayList<>();
    step.figures()
        .forEach(
            (key, value) -> {
              if (Double.isFinite(value)) {
                metrics.add(new Metric(name(key), value, millis, step.step()));
              }
            });
    server.metrics(run, metrics);
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
      server.metrics(run, metrics);
    }
  }

  @Override
  public void ended(RunState state, int step, String message) {
    if (!message.isEmpty()) {
      server.add(run, "tags", Map.of("lanpo.message", cut(message, LONGEST_TAG)));
    }
    String status =
        switch (state) {
          case FINISHED -> "FINISHED";
          case FAILED -> "FAILED";
          default -> "KILLED";
        };
    server.update(run, status, System.currentTimeMillis());
  }

  @Override
  public void close() {
    server.close();
  }

  /** A name as the server takes it. */
  private static String name(String key) {
    return key.replaceAll("[^/A-Za-z0-9_. -]", "_");
  }

  /**
   * A value that the server takes; one that is too long says that it is cut, and how long it is.
   */
  static String cut(String value, int longest) {
    if (value.length() <= longest) {
      return value;
    }
    String word = " … (cut; %d characters)".formatted(value.length());
    return value.substring(0, longest - word.length()) + word;
  }
}
