package io.lanpo.api.train;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of a run's progress, on the run's own thread; it must return quickly. */
@ConsumerType
@FunctionalInterface
public interface RunListener {
  /** Something advanced. */
  void progressed(Progress progress);
}
