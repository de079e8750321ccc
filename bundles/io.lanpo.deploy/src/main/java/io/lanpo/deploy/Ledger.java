package io.lanpo.deploy;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.deploy.guard.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last outcome for each file and tells of it. */
final class Ledger implements Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Map<Path, Deployment> byFile = new ConcurrentSkipListMap<>();
  private final Consumer<Consumer<DeploymentListener>> listeners;
  private final Trial trial;
  private final UnreadFiles unread;
  private volatile boolean live;

  /**
   * @param listeners calls each listener that is there
   */
  Ledger(Consumer<Consumer<DeploymentListener>> listeners, Trial trial, UnreadFiles unread) {
    this.listeners = listeners;
    this.trial = trial;
    this.unread = unread;
  }

  /**
   * From now on listeners are told; before, nothing has changed yet. Of the files that were there,
   * those that nobody reads are warned of.
   */
  void live() {
    live = true;
    List<Deployment> there = List.copyOf(byFile.values());
    List<Deployment> judged = unread.judged(there);
    judged.stream()
        .filter(d -> !there.contains(d))
        .forEach(d -> LOG.warn("{}: {}", d.file().getFileName(), d.message()));
  }

  void active(Path file, String message) {
    tell(new Deployment(file, Deployment.State.ACTIVE, message, ""));
  }

  void refused(Path file, Refusal refusal) {
    tell(new Deployment(file, Deployment.State.REFUSED, refusal.reason(), refusal.nextStep()));
  }

  void removed(Path file, String message) {
    tell(new Deployment(file, Deployment.State.REMOVED, message, ""));
  }

  @Override
  public List<Deployment> deployments() {
    return unread.judged(List.copyOf(byFile.values()));
  }

  @Override
  public Deployment trial(Path jar) {
    try {
      trial.remove(trial.of(jar));
      return new Deployment(jar, Deployment.State.ACTIVE, "it can be deployed", "");
    } catch (Refusal e) {
      return new Deployment(jar, Deployment.State.REFUSED, e.reason(), e.nextStep());
    }
  }

  private void tell(Deployment deployment) {
    if (deployment.state() == Deployment.State.REMOVED) {
      byFile.remove(deployment.file());
    } else {
      byFile.put(deployment.file(), deployment);
    }
    LOG.info("{}: {} {}", deployment.file(), deployment.state(), deployment.message());
    if (live) {
      Deployment judged = unread.judged(deployment);
      listeners.accept(listener -> listener.deployed(judged));
    }
  }
}
