package io.lanpo.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** What was replaced: each goes when nobody holds one of its services any more. */
final class Retirement {
  private static final long LOOK_MILLIS = 500;

  private final Map<Path, List<Replaced>> waiting = new HashMap<>();
  private final Consumer<Bundle> remover;

  /** A bundle or a configuration in whose place another one serves. */
  interface Replaced {
    /** Whether somebody holds one of its services. */
    boolean held();

    void remove();
  }

  private record ReplacedBundle(Bundle bundle, Consumer<Bundle> remover) implements Replaced {
    @Override
    public boolean held() {
      ServiceReference<?>[] services =
          bundle.getState() == Bundle.UNINSTALLED ? null : bundle.getRegisteredServices();
      return services != null && Stream.of(services).anyMatch(s -> s.getUsingBundles() != null);
    }

    @Override
    public void remove() {
      remover.accept(bundle);
    }
  }

  /**
   * @param clock looks again from time to time
   * @param remover takes a bundle away
   */
  Retirement(ScheduledExecutorService clock, Consumer<Bundle> remover) {
    this.remover = remover;
    clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a bundle away, at once if nobody holds it.
   *
   * @return whether somebody does
   */
  boolean whenFree(Path file, Bundle bundle) {
    return whenFree(file, new ReplacedBundle(bundle, remover));
  }

  /**
   * Takes what was replaced away, at once if nobody holds it.
   *
   * @param file what it was made from
   * @return whether somebody does
   */
  synchronized boolean whenFree(Path file, Replaced replaced) {
    if (replaced.held()) {
      waiting.computeIfAbsent(file, f -> new ArrayList<>()).add(replaced);
      return true;
    }
    replaced.remove();
    return false;
  }

  /** Takes away what waits for a file, held or not. */
  synchronized void now(Path file) {
    List<Replaced> replaced = waiting.remove(file);
    if (replaced != null) {
      replaced.forEach(Replaced::remove);
    }
  }

  private synchronized void look() {
    for (List<Replaced> replaced : waiting.values()) {
      replaced.removeIf(
          one -> {
            boolean free = !one.held();
            if (free) {
              one.remove();
            }
            return free;
          });
    }
    waiting.values().removeIf(List::isEmpty);
  }
}
