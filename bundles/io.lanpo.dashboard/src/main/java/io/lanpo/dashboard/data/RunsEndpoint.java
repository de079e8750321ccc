package io.lanpo.dashboard.data;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.ExperimentLabel;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import io.lanpo.dashboard.log.LogCache;
import io.lanpo.dashboard.log.RolloutFilter;
import io.lanpo.dashboard.service.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs, their curves and their completions. A run is identified by the name of its folder: that of
 * a folder that was copied from elsewhere differs from the id in it.
 */
record RunsEndpoint(Services services, LogCache logs) {
  private static final int MOST_ROWS = 50;

  /** All runs, newest first. */
  Map<String, Object> list(RequestParameters query) {
    List<Map<String, Object>> rows = new ArrayList<>();
    training(TrainingService::runs).forEach(run -> rows.add(row(run)));
    return Map.of("runs", rows);
  }

  /** One run with its settings, components and result. */
  Map<String, Object> show(RequestParameters query) {
    RunSummary run = run(query);
    Map<String, Object> document = row(run);
    document.put("folder", run.folder().toString());
    document.put("settings", Secrets.shown(new TreeMap<>(run.settings())));
    document.put("components", new LinkedHashMap<>(run.components()));
    RunResult result = run.result();
    document.put("result", result == null ? null : result(result));
    return document;
  }

  /** What is new on the curves of a run, and where it stands. */
  Map<String, Object> metrics(RequestParameters query) {
    // asked before the lines are read: those of a run that has ended are all there
    RunSummary run = run(query);
    Map<String, Object> document =
        logs.metrics(run.folder())
            .since(
                query.number("since", 0, 0, Integer.MAX_VALUE),
                query.number("generation", -1, -1, Integer.MAX_VALUE),
                query.list("names"));
    document.put("run", row(run));
    return document;
  }

  /** A page of completions. */
  Map<String, Object> rollouts(RequestParameters query) {
    String step = query.text("step");
    RolloutFilter filter =
        new RolloutFilter(
            step.isEmpty() ? null : query.number("step", 0, 0, Integer.MAX_VALUE),
            query.word("mode", List.of("scratch", "reflect", "abstract")),
            query.word("verdict", List.of("right", "wrong", "abstained", "failed")),
            query.text("problem"),
            switch (query.word("ended", List.of("itself", "cut"))) {
              case "itself" -> true;
              case "cut" -> false;
              default -> null;
            },
            query.text("text").strip());
    RunSummary run = run(query);
    Map<String, Object> document =
        logs.rollouts(run.folder())
            .page(
                filter,
                query.number("page", 1, 1, Integer.MAX_VALUE),
                query.number("size", 10, 1, MOST_ROWS));
    document.put("run", row(run));
    return document;
  }

  /** The run that a request names. */
  RunSummary run(RequestParameters query) {
    String id = query.needed("run");
    return training(t -> t.run(id));
  }

  /** All runs, newest first. */
  List<RunSummary> all() {
    return training(TrainingService::runs);
  }

  /** The name by which a run is asked for. */
  static String name(RunSummary run) {
    return String.valueOf(run.folder().getFileName());
  }

  private <R> R training(Function<TrainingService, R> use) {
    return services
        .use(TrainingService.class, use)
        .orElseThrow(
            () ->
                new UserException(
                    "the service that knows the runs is missing",
                    "The bundle io.lanpo.engine brings it; 'lanpo why io.lanpo.engine' says what keeps it."));
  }

  private static Map<String, Object> row(RunSummary run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run", name(run));
    row.put("id", run.id());
    row.put("configuration", run.configuration());
    row.put("state", Setting.word(run.state()));
    row.put("step", run.step());
    row.put("steps", run.steps());
    row.put("started", run.started().toString());
    row.put("message", Secrets.shown(run.message()));
    RunResult result = run.result();
    Score after = result == null ? null : result.after().get(EvaluationMode.ZERO_SHOT);
    row.put("accuracy", after == null ? null : after.mean());
    row.put("cost", result == null ? null : cost(result));
    row.put("seed", run.settings().getOrDefault("seed", ""));
    row.put(
        "experiment",
        ExperimentLabel.of(run.settings().getOrDefault("description", "")).orElse(null));
    row.put("notes", run.notes());
    row.put("learned", run.health().map(RunHealth::learned).orElse(null));
    row.put(
        "findings",
        run.health().stream().flatMap(h -> h.findings().stream()).map(RunsEndpoint::row).toList());
    return row;
  }

  /** What the tables of experiments have. */
  private static Map<String, Object> cost(RunResult result) {
    Score before = result.before().get(EvaluationMode.ZERO_SHOT);
    Map<String, Object> cost = new LinkedHashMap<>();
    cost.put("before", before == null ? null : before.mean());
    cost.put("generatedTokens", result.generatedTokens());
    cost.put("cpuSeconds", result.cpuSeconds());
    cost.put("wallSeconds", result.wallSeconds());
    return cost;
  }

  private static Map<String, Object> row(Finding finding) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", finding.kind());
    row.put("sentence", Secrets.shown(finding.sentence()));
    row.put("setting", finding.setting());
    row.put("fault", finding.fault());
    return row;
  }

  private static Map<String, Object> result(RunResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    List<Map<String, Object>> scores = new ArrayList<>();
    for (EvaluationMode mode : EvaluationMode.ofRuns()) {
      Map<String, Object> score = new LinkedHashMap<>();
      score.put("mode", Setting.word(mode));
      score.put("before", result.before().get(mode));
      score.put("after", result.after().get(mode));
      scores.add(score);
    }
    document.put("scores", scores);
    document.put("generatedTokens", result.generatedTokens());
    document.put("promptTokens", result.promptTokens());
    document.put("cpuSeconds", result.cpuSeconds());
    document.put("wallSeconds", result.wallSeconds());
    document.put("coldStartCpuSeconds", result.coldStartCpuSeconds());
    document.put("peakMemoryBytes", result.peakMemoryBytes());
    return document;
  }
}
