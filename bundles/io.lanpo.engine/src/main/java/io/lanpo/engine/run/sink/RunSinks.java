package io.lanpo.engine.run.sink;

import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.train.RunState;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.folder.RunRecord;
import io.lanpo.engine.run.preparation.PreparedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics sinks of a run, all of which are told the same. */
public final class RunSinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunSinks.class);

  /** Of a run that has none, or has not begun to tell them. */
  public static final RunSinks NONE = new RunSinks(List.of());

  private final List<SinkFeed> feeds;

  private RunSinks(List<SinkFeed> feeds) {
    this.feeds = feeds;
  }

  /**
   * Begins to tell the sinks of a run.
   *
   * @param record the run as it stands
   * @param step where it goes on; its {@code metrics.jsonl} has the steps up to there
   */
  public static RunSinks begin(PreparedRun run, RunRecord record, int step) {
    RunFolder folder = run.folder();
    RecordedRun told =
        new RecordedRun(
            record.id(),
            record.configuration(),
            folder.path(),
            Instant.parse(record.started()),
            record.settings(),
            folder.componentsInWords(),
            step);
    return new RunSinks(
        run.components().sinks().stream()
            .map(
                sink ->
                    SinkFeed.begin(
                        sink,
                        told,
                        run.own().metrics().limit(),
                        each ->
                            folder.forEachStep(line -> StepLine.of(line).ifPresent(each::accept)),
                        LOG::warn))
            .toList());
  }

  /**
   * Tells of a step.
   *
   * @param line its line of metrics, which nobody changes any more
   */
  public void step(Map<String, Object> line) {
    StepLine.of(line)
        .ifPresent(
            step ->
                tell(
                    (recording, last) -> {
                      if (step.step() > last) {
                        recording.step(step);
                      }
                    }));
  }

  /** Tells of an evaluation; not of one between steps whose step was recorded before. */
  public void evaluated(RecordedEvaluation evaluation) {
    tell(
        (recording, last) -> {
          if (evaluation.full() || evaluation.step() > last) {
            recording.evaluated(evaluation);
          }
        });
  }

  /**
   * Tells of the end.
   *
   * @param record the run as it stands
   */
  public void ended(RunRecord record) {
    RunState state = record.state();
    int step = record.step();
    String message = record.message();
    tell((Recording recording, int last) -> recording.ended(state, step, message));
  }

  /** Waits for the sinks, but no longer than the limit. */
  @Override
  public void close() {
    long now = System.nanoTime();
    feeds.forEach(SinkFeed::end);
    feeds.forEach(feed -> feed.await(now));
  }

  private void tell(SinkFeed.Event event) {
    feeds.forEach(feed -> feed.tell(event));
  }
}
