package io.lanpo.deploy;

import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.deploy.guard.Jars;
import io.lanpo.deploy.guard.Refusal;
import io.lanpo.deploy.guard.SetAside;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bundles as the files say. A new version of a bundle is tried beside the one that serves
 * and takes its place only when it works; the old one stays for the runs that hold it, until the
 * last has let go. One that lacks something is tried again when something else has come; one that
 * did not return is set aside until its file changes.
 */
final class BundleFiles implements ArtifactInstaller {
  private static final Logger LOG = LoggerFactory.getLogger(BundleFiles.class);

  private final Trial trial;
  private final Diagnosis diagnosis;
  private final Retirement retirement;
  private final Ledger ledger;
  private final SetAside aside;
  private final Map<Path, Bundle> serving = new TreeMap<>();

  /** Why a file is not in effect. */
  private final Map<Path, Refusal> refused = new HashMap<>();

  /** Files whose bundle does not work and is there all the same, since it has replaced nothing. */
  private final Set<Path> broken = new HashSet<>();

  /** Files that File Install will report once more, although nothing has changed. */
  private final Set<Path> adopted = new HashSet<>();

  private boolean live;

  BundleFiles(
      Trial trial, Diagnosis diagnosis, Retirement retirement, Ledger ledger, SetAside aside) {
    this.trial = trial;
    this.diagnosis = diagnosis;
    this.retirement = retirement;
    this.ledger = ledger;
    this.aside = aside;
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar");
  }

  /** While the platform starts, a bundle waits for its turn; later it is tried at once. */
  @Override
  public synchronized void install(File file) {
    Path jar = file.toPath();
    if (adopted.remove(jar) && unchanged(serving.get(jar))) {
      return;
    }
    try {
      Optional<Refusal> known = aside.of(jar);
      if (known.isPresent()) {
        throw known.get();
      }
      if (live) {
        take(jar, trial.of(jar));
        retry();
      } else {
        Jars.check(jar);
        Bundle before = serving.put(jar, trial.install(jar));
        if (before != null) {
          trial.remove(before);
        }
      }
    } catch (Refusal e) {
      refuse(jar, e);
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
    works(jar);
    retirement.now(jar);
    if (bundle == null) {
      ledger.removed(jar, "it was not in effect");
      return;
    }
    String name = bundle.getSymbolicName();
    trial.remove(bundle);
    ledger.removed(jar, "bundle %s has gone".formatted(name));
  }

  /**
   * Takes over what a deployment before this one has installed: this bundle was started again, for
   * example since the API was refreshed. Of several bundles from one file the last serves.
   */
  synchronized void adopt(Stream<Bundle> installed) {
    live = true;
    Map<Path, List<Bundle>> byFile =
        installed
            .filter(DeployedFile::holds)
            .collect(Collectors.groupingBy(b -> DeployedFile.of(b).orElseThrow().jar()));
    byFile.forEach(
        (jar, bundles) -> {
          bundles.sort((a, b) -> Long.compare(a.getBundleId(), b.getBundleId()));
          Bundle last = bundles.remove(bundles.size() - 1);
          serving.put(jar, last);
          adopted.add(jar);
          bundles.forEach(one -> retirement.whenFree(jar, one));
        });
    List.copyOf(serving.entrySet()).forEach(each -> prove(each.getKey(), each.getValue()));
  }

  private static boolean unchanged(@Nullable Bundle bundle) {
    return bundle != null && DeployedFile.of(bundle).filter(DeployedFile::unchanged).isPresent();
  }

  /**
   * The platform has come to the level of the deployed bundles: they start, one after the other.
   */
  synchronized void begin() {
    for (Map.Entry<Path, Bundle> each : List.copyOf(serving.entrySet())) {
      begin(each.getKey(), each.getValue());
    }
    boolean progress = true;
    while (progress) {
      // one may need what another brings that came later
      progress = false;
      for (Path jar : waiting()) {
        Bundle bundle = serving.get(jar);
        progress |= bundle != null && begin(jar, bundle);
      }
    }
    refused.forEach(BundleFiles::warn);
  }

  private boolean begin(Path jar, Bundle bundle) {
    try {
      trial.start(bundle);
      works(jar);
      return true;
    } catch (Refusal e) {
      refuseInPlace(jar, bundle, e);
      return false;
    }
  }

  /** The platform leaves that level. */
  synchronized void end() {
    for (Map.Entry<Path, Bundle> each : serving.entrySet()) {
      Bundle bundle = each.getValue();
      if (broken.contains(each.getKey()) && bundle.getState() == Bundle.STARTING) {
        // it has not come back from its start yet
        continue;
      }
      try {
        trial.stop(bundle);
      } catch (Refusal e) {
        LOG.warn("bundle {} does not stop: {}", bundle.getSymbolicName(), e.reason());
      }
    }
  }

  /**
   * The platform has started. Bundles that were there at the start are looked at, once; one that
   * does not work stays where it is, since it has replaced nothing.
   */
  synchronized void started() {
    live = true;
    for (Map.Entry<Path, Bundle> each : List.copyOf(serving.entrySet())) {
      Refusal known = refused.get(each.getKey());
      if (known == null || known.kind() == Refusal.Kind.WAITS) {
        prove(each.getKey(), each.getValue());
      }
    }
  }

  /** Something has come that bundles may have waited for. */
  synchronized void retry() {
    boolean progress = live;
    while (progress) {
      progress = false;
      for (Path jar : waiting()) {
        progress |= retry(jar);
      }
    }
  }

  private boolean retry(Path jar) {
    Bundle there = serving.get(jar);
    Refusal before = refused.get(jar);
    try {
      if (there != null && broken.contains(jar)) {
        trial.prove(there);
        works(jar);
        ledger.active(jar, brings(there));
      } else {
        take(jar, trial.of(jar));
      }
      return true;
    } catch (Refusal e) {
      if (before == null || !before.reason().equals(e.reason())) {
        refuse(jar, e);
      }
      return false;
    }
  }

  private List<Path> waiting() {
    List<Path> waiting = new ArrayList<>();
    refused.forEach(
        (jar, reason) -> {
          if (reason.kind() == Refusal.Kind.WAITS) {
            waiting.add(jar);
          }
        });
    return waiting;
  }

  private void prove(Path jar, Bundle bundle) {
    try {
      trial.prove(bundle);
      works(jar);
      ledger.active(jar, brings(bundle));
    } catch (Refusal e) {
      refuseInPlace(jar, bundle, e);
    }
  }

  /** One that has replaced nothing stays, unless it hangs. */
  private void refuseInPlace(Path jar, Bundle bundle, Refusal reason) {
    refused.put(jar, reason);
    broken.add(jar);
    ledger.refused(jar, reason);
    if (reason.kind() == Refusal.Kind.HANGS) {
      aside.add(jar, reason);
      serving.remove(jar);
      broken.remove(jar);
      trial.giveUp(bundle, reason);
    }
  }

  private void take(Path jar, Bundle bundle) {
    Bundle before = serving.put(jar, bundle);
    works(jar);
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

  private void works(Path jar) {
    refused.remove(jar);
    broken.remove(jar);
  }

  private void refuse(Path jar, Refusal reason) {
    Bundle before = serving.get(jar);
    if (reason.kind() == Refusal.Kind.HANGS) {
      aside.add(jar, reason);
    }
    refused.put(jar, reason);
    ledger.refused(
        jar,
        before != null && !broken.contains(jar)
            ? reason.saying(
                "%s; bundle %s %s, which was there before, stays"
                    .formatted(reason.reason(), before.getSymbolicName(), before.getVersion()))
            : reason);
  }

  private static void warn(Path jar, Refusal reason) {
    LOG.warn("{}: {}", jar.getFileName(), reason.reason());
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
