package io.lanpo.api.bench;

import io.lanpo.api.component.Settings;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that measures what bounds a policy on this machine. A policy backend that computes here
 * may bring one under its own name.
 */
@ConsumerType
public interface MachineLimits {
  /**
   * Measures once, within a few seconds.
   *
   * @param settings the settings of the policy backend of the same name, which tell device,
   *     precision and threads
   */
  Limits measure(Settings settings);

  /**
   * Limits of a machine.
   *
   * @param product rate of a large matrix product in GFLOP/s
   * @param read rate of reading memory in GB/s
   */
  record Limits(double product, double read) {}
}
