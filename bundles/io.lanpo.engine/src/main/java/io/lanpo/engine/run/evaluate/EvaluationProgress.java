package io.lanpo.engine.run.evaluate;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunListener;
import io.lanpo.engine.evaluate.Answer;
import io.lanpo.engine.run.progress.ProgressReporter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How far an evaluation has come: answers, tokens a second, time left, mean rewards so far. */
final class EvaluationProgress {
  private final AnswerLog log;
  private final Set<EvaluationMode> modes;
  private final long total;
  private final ProgressReporter pace;
  private final long begin = System.nanoTime();

  EvaluationProgress(
      RunListener listener, String name, AnswerLog log, Set<EvaluationMode> modes, long total) {
    this.log = log;
    this.modes = modes;
    this.total = total;
    this.pace = new ProgressReporter(listener, name, "evaluated answers", done());
    pace.done(done(), total, Map.of());
  }

  long done() {
    return modes.stream().mapToLong(mode -> log.all(mode).size()).sum();
  }

  long total() {
    return total;
  }

  boolean complete() {
    return done() == total;
  }

  /**
   * Reports progress.
   *
   * @param tokens completion tokens sampled here so far
   */
  void advanced(long tokens) {
    Map<String, Double> figures = new LinkedHashMap<>();
    double seconds = (System.nanoTime() - begin) / 1e9;
    figures.put("tokens/s", (double) Math.round(tokens / Math.max(seconds, 1e-3)));
    for (EvaluationMode mode : modes) {
      log.all(mode).stream()
          .filter(Answer::scored)
          .mapToDouble(Answer::reward)
          .average()
          .ifPresent(mean -> figures.put(Setting.word(mode), mean));
    }
    pace.done(done(), total, figures);
  }
}
