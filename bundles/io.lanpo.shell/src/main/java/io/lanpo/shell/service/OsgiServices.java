package io.lanpo.shell.service;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.UserException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/** Services of the framework. */
public final class OsgiServices implements Services {
  private final BundleContext context;
  private final Duration patience;

  /**
   * @param patience how long to wait for a service while the platform is still starting
   */
  public OsgiServices(BundleContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  @Override
  public <T> ServiceHandle<T> only(Class<T> type) throws InterruptedException {
    ServiceHandle<T> held = find(type);
    if (held == null) {
      throw new UserException(
          "the service %s is missing".formatted(type.getSimpleName()),
          ServiceProviders.advice(type, context));
    }
    return held;
  }

  @Override
  public <T> ServiceHandle<T> onDemand(Class<T> type) throws InterruptedException {
    ServiceProviders.bundle(type, context)
        .ifPresent(
            bundle -> {
              int needed = bundle.adapt(BundleStartLevel.class).getStartLevel();
              FrameworkStartLevel framework = context.getBundle(0).adapt(FrameworkStartLevel.class);
              if (framework.getStartLevel() < needed) {
                framework.setStartLevel(needed);
              }
            });
    return only(type);
  }

  @Override
  public <T> ServiceHandle<T> named(Class<T> type, String name, String where)
      throws InterruptedException {
    try (ServiceHandle<ComponentCatalogue> catalogue = only(ComponentCatalogue.class)) {
      ComponentUse<T> use = catalogue.get().use(new Wanted<>(type, name, where), "");
      return new Held<>(use.instance(), use::close);
    }
  }

  @Override
  public List<String> names(Class<?> type) throws InterruptedException {
    try (ServiceHandle<ComponentCatalogue> catalogue = only(ComponentCatalogue.class)) {
      return catalogue.get().names(type);
    }
  }

  private <T> @Nullable ServiceHandle<T> find(Class<T> type) throws InterruptedException {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    T found = null;
    try {
      // asked first: zero would mean to wait for ever
      found = tracker.getService();
      if (found == null && !patience.isZero()) {
        found = tracker.waitForService(patience.toMillis());
      }
    } finally {
      if (found == null) {
        tracker.close();
      }
    }
    return found == null ? null : new Held<>(found, tracker::close);
  }

  /** A service, or a component, until it is given back. */
  private record Held<T>(T get, Runnable giveBack) implements ServiceHandle<T> {
    @Override
    public void close() {
      giveBack.run();
    }
  }
}
