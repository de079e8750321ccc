package io.lanpo.engine.run.folder;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.Score;
import io.lanpo.engine.run.progress.Totals;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores as they stand in files, by the word of their mode.
 *
 * @param byMode mode to score
 */
public record Scores(Map<String, Score> byMode) {
  public static Scores of(Map<EvaluationMode, Score> scores) {
    Map<String, Score> byMode = new LinkedHashMap<>();
    for (EvaluationMode mode : EvaluationMode.values()) {
      Score score = scores.get(mode);
      if (score != null) {
        byMode.put(Setting.word(mode), score);
      }
    }
    return new Scores(byMode);
  }

  Map<EvaluationMode, Score> toMap() {
    Map<EvaluationMode, Score> scores = new EnumMap<>(EvaluationMode.class);
    for (EvaluationMode mode : EvaluationMode.values()) {
      Score score = byMode.get(Setting.word(mode));
      if (score != null) {
        scores.put(mode, score);
      }
    }
    return scores;
  }

  /**
   * {@code result.json}.
   *
   * @param run the run's id
   * @param steps steps taken
   * @param totals counters
   * @param before scores before the first step
   * @param after scores after the last step
   * @param peakMemoryBytes largest resident size
   * @param estimatedMemoryBytes what was estimated before; 0 when it was not
   */
  public record Result(
      String run,
      int steps,
      Totals totals,
      Map<String, Score> before,
      Map<String, Score> after,
      long peakMemoryBytes,
      long estimatedMemoryBytes) {

    RunResult toResult() {
      return new RunResult(
          run,
          steps,
          totals.generatedTokens(),
          totals.promptTokens(),
          totals.cpuSeconds(),
          totals.wallSeconds(),
          totals.coldStartCpuSeconds(),
          totals.coldStartGeneratedTokens(),
          new Scores(before).toMap(),
          new Scores(after).toMap(),
          peakMemoryBytes,
          estimatedMemoryBytes);
    }
  }
}
