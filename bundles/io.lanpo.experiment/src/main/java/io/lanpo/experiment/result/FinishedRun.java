package io.lanpo.experiment.result;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished run.
 *
 * @param seed its seed
 * @param result its result
 * @param curve the measure along it
 * @param secondsPerStep elapsed seconds of a step by part, means
 * @param tokensPerStep tokens of a step by what they are for, means
 */
public record FinishedRun(
    long seed,
    RunResult result,
    Curve curve,
    Map<String, Double> secondsPerStep,
    Map<String, Double> tokensPerStep) {

  private static final String EVALUATION = "evaluation.";
  private static final String TIMING = "timing.";

  /** Parts of a step; what else a run writes under timing is no part of it. */
  private static final List<String> PARTS =
      List.of("retrieval", "generation", "verification", "update", "distilling", "pool", "waiting");

  /**
   * Reads a run.
   *
   * @param run finished
   * @param measure the figure that makes the curve
   * @throws UserException when a file is damaged, or has no such figure
   */
  public static FinishedRun read(RunSummary run, long seed, String measure) {
    RunResult result = run.result();
    if (result == null) {
      throw new UserException("run %s is not finished".formatted(run.id()), "");
    }
    List<Map<String, Double>> steps = MetricsFile.read(run.folder(), result.steps());
    List<CurvePoint> points = new ArrayList<>();
    addScore(points, measure, result.before(), 0, 0, 0);
    for (Map<String, Double> step : steps) {
      Double value = step.get(measure);
      if (value != null) {
        points.add(
            new CurvePoint(
                step.getOrDefault("step", 0.0),
                step.getOrDefault("generatedTokens", 0.0),
                step.getOrDefault("timing.cpuSeconds", 0.0),
                value));
      }
    }
    if (points.isEmpty() || points.get(points.size() - 1).step() < result.steps()) {
      addScore(
          points,
          measure,
          result.after(),
          result.steps(),
          result.generatedTokens(),
          result.cpuSeconds());
    }
    if (points.isEmpty()) {
      throw new UserException(
          "%s: no step has a figure %s".formatted(run.folder().resolve("metrics.jsonl"), measure),
          "Give another measure in the experiment's file, or set evaluation.every.");
    }
    return new FinishedRun(
        seed, result, new Curve(points), seconds(steps), tokens(run, result, steps));
  }

  /**
   * The measure is a held-out score, which is also taken before the first and after the last step.
   */
  private static void addScore(
      List<CurvePoint> points,
      String measure,
      Map<EvaluationMode, Score> scores,
      int step,
      long tokens,
      double cpu) {
    for (EvaluationMode mode : EvaluationMode.ofRuns()) {
      Score score = scores.get(mode);
      if (score != null && measure.equals(EVALUATION + Setting.word(mode))) {
        points.add(new CurvePoint(step, tokens, cpu, score.mean()));
      }
    }
  }

  private static Map<String, Double> seconds(List<Map<String, Double>> steps) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String part : PARTS) {
      if (steps.stream().anyMatch(step -> step.containsKey(TIMING + part))) {
        seconds.put(
            part,
            steps.stream()
                .mapToDouble(step -> step.getOrDefault(TIMING + part, 0.0))
                .average()
                .orElseThrow());
      }
    }
    return seconds;
  }

  private static Map<String, Double> tokens(
      RunSummary run, RunResult result, List<Map<String, Double>> steps) {
    Map<String, Double> tokens = new LinkedHashMap<>();
    if (steps.isEmpty()) {
      return tokens;
    }
    double number = steps.size();
    Map<String, Long> byMode = RolloutTokens.byMode(run.folder());
    long completions = byMode.values().stream().mapToLong(Long::longValue).sum();
    tokens.put("plain", byMode.getOrDefault("scratch", 0L) / number);
    tokens.put("reviews", byMode.getOrDefault("reflect", 0L) / number);
    tokens.put("with lessons", byMode.getOrDefault("abstract", 0L) / number);
    tokens.put("distilling", (result.generatedTokens() - completions) / number);
    tokens.put("generated", result.generatedTokens() / number);
    tokens.put("prompts", result.promptTokens() / number);
    tokens.put(
        "in the loss",
        steps.stream().mapToDouble(s -> s.getOrDefault("lossTokens", 0.0)).average().orElse(0));
    return tokens;
  }
}
