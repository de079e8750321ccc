package io.lanpo.api.metrics;

import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Score;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation on held-out problems came to.
 *
 * @param step the step after which it was; 0 before the first
 * @param at when it was over, in seconds since 1970
 * @param full whether it is the one before the first step or after the last, in all modes; of the
 *     others the scores are figures of their step, too
 * @param scores by mode
 * @param samples some completions, always of the same problems
 */
public record RecordedEvaluation(
    int step,
    double at,
    boolean full,
    Map<EvaluationMode, Score> scores,
    List<TextSample> samples) {
  public RecordedEvaluation {
    Map<EvaluationMode, Score> all = new EnumMap<>(EvaluationMode.class);
    all.putAll(scores);
    scores = Collections.unmodifiableMap(all);
    samples = List.copyOf(samples);
  }
}
