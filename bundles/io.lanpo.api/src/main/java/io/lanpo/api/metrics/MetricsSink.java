package io.lanpo.api.metrics;

import io.lanpo.api.train.RunState;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the figures of runs to where a team keeps them. A run names its sinks by {@code
 * metrics-sinks}; options stand in a file of the sink.
 *
 * <p>A sink only listens. The run does not wait for it: its calls come one after the other on a
 * thread of its own. One that throws, or takes longer for a call than {@code metrics-limit}, is
 * named in a warning and told nothing more; the run goes on. Its thread is interrupted then.
 */
@ConsumerType
public interface MetricsSink {
  /**
   * Begins to record a run, or goes on with one that was recorded before.
   *
   * @param run what it is, and where it goes on
   */
  Recording open(RecordedRun run);

  /** The record of one run. */
  @ConsumerType
  interface Recording extends AutoCloseable {
    /**
     * The last step that is recorded already; asked once, before anything is told. Every later step
     * is told, those before a stop included: 0 has the run told from its beginning. A step that is
     * taken again after a stop has the same figures but for its timing.
     */
    int last();

    /** A step that was taken; each once, in order. */
    void step(RecordedStep step);

    /** An evaluation; told after its step. */
    default void evaluated(RecordedEvaluation evaluation) {}

    /**
     * The run has ended for now.
     *
     * @param state {@code FINISHED}, {@code STOPPED} or {@code FAILED}
     * @param step steps taken
     * @param message why; empty when there is nothing to say
     */
    default void ended(RunState state, int step, String message) {}

    /** Nothing more comes; also after one of the others has thrown. */
    @Override
    void close();
  }
}
