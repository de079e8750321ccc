package io.lanpo.engine.run.folder;

import java.util.List;

/** The logs of a run: files of lines that grow, of which a checkpoint has seen the beginning. */
final class LogNames {
  static final String METRICS = "metrics.jsonl";
  static final String ROLLOUTS = "rollouts.jsonl";
  static final String LESSONS = "lessons.jsonl";
  static final List<String> ALL = List.of(METRICS, ROLLOUTS, LESSONS);

  private LogNames() {}
}
