package io.lanpo.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Bundles that were replaced: each goes when nobody holds one of its services any more. */
final class Retirement {
  private static final long LOOK_MILLIS = 500;

  private final Map<Path, List<Bundle>> waiting = new HashMap<>();

  /**
   * @param clock looks again from time to time
   */
  Retirement(ScheduledExecutorService clock) {
    clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a bundle away, at once if nobody holds it.
   *
   * @return whether somebody does
   */
  synchronized boolean whenFree(Path file, Bundle bundle) {
    if (held(bundle)) {
      waiting.computeIfAbsent(file, f -> new ArrayList<>()).add(bundle);
      return true;
    }
    Trial.uninstall(bundle);
    return false;
  }

  /** Takes away what waits for a file, held or not. */
  synchronized void now(Path file) {
    List<Bundle> bundles = waiting.remove(file);
    if (bundles != null) {
      bundles.forEach(Trial::uninstall);
    }
  }

  private synchronized void look() {
    for (List<Bundle> bundles : waiting.values()) {
      bundles.removeIf(
          bundle -> {
            boolean free = !held(bundle);
            if (free) {
              Trial.uninstall(bundle);
            }
            return free;
          });
    }
    waiting.values().removeIf(List::isEmpty);
  }

  private static boolean held(Bundle bundle) {
    ServiceReference<?>[] services =
        bundle.getState() == Bundle.UNINSTALLED ? null : bundle.getRegisteredServices();
    return services != null && Stream.of(services).anyMatch(s -> s.getUsingBundles() != null);
  }
}
