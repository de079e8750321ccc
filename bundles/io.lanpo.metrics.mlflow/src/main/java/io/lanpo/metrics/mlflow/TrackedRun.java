package io.lanpo.metrics.mlflow;

import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.metrics.mlflow.TrackingServer.Known;
import io.lanpo.metrics.mlflow.TrackingServer.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that the server knows.
 *
 * @param id its id there
 * @param last the largest step of its metrics when this was made
 */
record TrackedRun(TrackingServer server, String id, int last) {
  /** The server's limits on values, in characters. */
  static final int LONGEST_PARAMETER = 6000;

  private static final int LONGEST_TAG = 5000;

  /**
   * Begins a run on the server, or goes on with one that is there.
   *
   * @param asked whether it was asked to begin the run before, and gave no answer: the run may be
   *     there, though no file says so
   */
  static TrackedRun of(TrackingServer server, String experiment, RecordedRun run, boolean asked) {
    Optional<String> before = MlflowFile.read(run.folder(), server.url());
    Known known = before.isPresent() ? known(server, before.get(), run) : new Known(0, Map.of());
    String id = before.orElseGet(() -> begin(server, experiment, run, asked));
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
    return new TrackedRun(server, id, known.last());
  }

  private static String begin(
      TrackingServer server, String experiment, RecordedRun run, boolean asked) {
    String home = server.experiment(experiment);
    String id =
        (asked ? server.find(home, run.id()) : Optional.<String>empty())
            .orElseGet(() -> server.create(home, run.id(), run.started().toEpochMilli()));
    MlflowFile.write(run.folder(), server.url(), id);
    return id;
  }

  private static Known known(TrackingServer server, String id, RecordedRun run) {
    try {
      return server.known(id);
    } catch (UserException e) {
      throw TrackingServer.passes(e)
          ? e
          : new UserException(
              "%s; if run %s is no longer on the server, remove %s: it is then told again from its beginning"
                  .formatted(e.getMessage(), id, MlflowFile.of(run.folder())),
              e.nextStep(),
              e);
    }
  }

  void metrics(List<Metric> metrics) {
    server.metrics(id, metrics);
  }

  /**
   * Says how it ended.
   *
   * @param message why; empty when there is nothing to say
   */
  void ended(String status, String message) {
    if (!message.isEmpty()) {
      server.add(id, "tags", Map.of("lanpo.message", cut(message, LONGEST_TAG)));
    }
    server.update(id, status, System.currentTimeMillis());
  }

  /** A name as the server takes it. */
  static String name(String key) {
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
