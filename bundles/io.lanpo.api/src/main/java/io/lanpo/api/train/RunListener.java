package io.lanpo.api.train;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of a run's progress, on the run's own thread; it must return quickly. */
@ConsumerType
@FunctionalInterface
public interface RunListener {
  /** Something advanced. */
  void progressed(Progress progress);

  /** Something keeps the run from learning. It is told once, and again if it comes back. */
  default void found(Finding finding) {}
}
