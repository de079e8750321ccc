package io.lanpo.deploy;

import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bundles as the files say. A new version of a bundle is tried beside the one that serves
 * and takes its place only when it works; the old one stays for the runs that hold it, until the
 * last has let go.
 */
final class BundleFiles implements ArtifactInstaller {
  private static final Logger LOG = LoggerFactory.getLogger(BundleFiles.class);

  private final Trial trial;
  private final Diagnosis diagnosis;
  private final Retirement retirement;
  private final Ledger ledger;
  private final Map<Path, Bundle> serving = new HashMap<>();
  private final Set<Path> broken = new HashSet<>();
  private boolean live;

  BundleFiles(Trial trial, Diagnosis diagnosis, Retirement retirement, Ledger ledger) {
    this.trial = trial;
    this.diagnosis = diagnosis;
    this.retirement = retirement;
    this.ledger = ledger;
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar");
  }

  /** While the platform starts, a bundle waits for its start level; later it is tried at once. */
  @Override
  public synchronized void install(File file) {
    Path jar = file.toPath();
    try {
      if (live) {
        take(jar, trial.of(jar));
      } else {
        Jars.check(jar);
        Bundle bundle = trial.install(jar);
        Bundle before = serving.put(jar, bundle);
        if (before != null) {
          Trial.uninstall(before);
        }
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    } catch (Refusal e) {
      ledger.refused(jar, refusal(jar, e));
    } catch (BundleException e) {
      // it is looked at again, and refused with a reason, when the platform has started
      LOG.warn("{} does not start yet", jar, e);
    }
  }

  @Override
  public void update(File file) {
    install(file);
  }

  @Override
  public synchronized void uninstall(File file) {
    Path jar = file.toPath();
    Bundle bundle = serving.remove(jar);
    broken.remove(jar);
    retirement.now(jar);
    if (bundle == null) {
      ledger.removed(jar, "it was not in effect");
      return;
    }
    String name = bundle.getSymbolicName();
    Trial.uninstall(bundle);
    ledger.removed(jar, "bundle %s has gone".formatted(name));
  }

  /**
   * The platform has started. Bundles that were there at the start are looked at, once; one that
   * does not work stays where it is, since it has replaced nothing.
   */
  synchronized void started() {
    live = true;
    serving.forEach(
        (jar, bundle) -> {
          try {
            trial.prove(bundle);
            ledger.active(jar, brings(bundle));
          } catch (Refusal e) {
            broken.add(jar);
            ledger.refused(jar, e);
          }
        });
  }

  private void take(Path jar, Bundle bundle) {
    Bundle before = serving.put(jar, bundle);
    broken.remove(jar);
    String message = brings(bundle);
    if (before != null) {
      boolean held = retirement.whenFree(jar, before);
      message +=
          held
              ? "; runs that hold the one before keep it to their end"
              : "; it has replaced the one before";
    }
    ledger.active(jar, message);
  }

  private Refusal refusal(Path jar, Refusal reason) {
    Bundle before = serving.get(jar);
    return before == null || broken.contains(jar)
        ? reason
        : new Refusal(
            "%s; bundle %s %s, which was there before, stays"
                .formatted(reason.reason(), before.getSymbolicName(), before.getVersion()),
            reason.nextStep());
  }

  private String brings(Bundle bundle) {
    String components =
        diagnosis.of(bundle).stream().map(BundleFiles::word).collect(Collectors.joining(", "));
    return "bundle %s %s%s"
        .formatted(
            bundle.getSymbolicName(),
            bundle.getVersion(),
            components.isEmpty() ? "" : " brings " + components);
  }

  private static String word(ComponentState component) {
    String name = component.kind() + " " + component.name();
    return component.condition() == Condition.UNCONFIGURED ? name + " (once configured)" : name;
  }
}
