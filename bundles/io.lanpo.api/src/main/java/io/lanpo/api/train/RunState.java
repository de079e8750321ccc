package io.lanpo.api.train;

/** Where a run stands. */
public enum RunState {
  /** A process is working on it. */
  RUNNING,
  /** Stopped at a step boundary with a checkpoint; can be resumed. */
  STOPPED,
  /** Its process died; can be resumed from its last checkpoint. */
  INTERRUPTED,
  /** It failed with an error; can be resumed from its last checkpoint once the cause is fixed. */
  FAILED,
  /** It has its result. */
  FINISHED,
  /**
   * Its folder cannot be read; the message says what is wrong. Such a run is listed, and no more.
   */
  DAMAGED
}
