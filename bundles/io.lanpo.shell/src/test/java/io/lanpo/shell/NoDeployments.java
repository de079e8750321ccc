package io.lanpo.shell;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import java.nio.file.Path;
import java.util.List;

/** A platform into which nothing was deployed. */
final class NoDeployments implements Deployments {
  @Override
  public List<Deployment> deployments() {
    return List.of();
  }

  @Override
  public Deployment trial(Path jar) {
    throw new UnsupportedOperationException();
  }
}
