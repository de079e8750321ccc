package io.lanpo.engine.evaluate;

import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.TextSample;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Score;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation of a run came to.
 *
 * @param full whether it is in all modes
 * @param scores by mode
 * @param samples some of the completions
 */
public record Evaluation(
    boolean full, Map<EvaluationMode, Score> scores, List<TextSample> samples) {
  /** As a metrics sink is told it, now. */
  public RecordedEvaluation after(int step) {
    return new RecordedEvaluation(step, System.currentTimeMillis() / 1e3, full, scores, samples);
  }
}
