package io.lanpo.api.deploy;

import org.osgi.annotation.versioning.ConsumerType;

/** A service that hears of every change in the watched folders, after it was dealt with. */
@ConsumerType
@FunctionalInterface
public interface DeploymentListener {
  /** A file has taken effect, was refused, or has gone. Called from a thread of the platform. */
  void deployed(Deployment deployment);
}
