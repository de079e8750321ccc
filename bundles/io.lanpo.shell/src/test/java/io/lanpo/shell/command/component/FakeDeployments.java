package io.lanpo.shell.command.component;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Deployments as a test lists them. */
public final class FakeDeployments implements Deployments {
  final List<Deployment> files = new ArrayList<>();
  final List<Path> tried = new ArrayList<>();

  void file(String name, Deployment.State state, String message, String nextStep) {
    files.add(new Deployment(Path.of("/deploy", name), state, message, nextStep));
  }

  @Override
  public List<Deployment> deployments() {
    return List.copyOf(files);
  }

  @Override
  public Deployment trial(Path jar) {
    tried.add(jar);
    return new Deployment(jar, Deployment.State.REFUSED, "it is broken", "Fix it.");
  }
}
