package io.lanpo.dashboard.service;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.train.Installation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Services of the framework. Those of the platform are held once they were asked for: they would
 * otherwise be created again for every request. Named components are taken for the time of a use.
 */
public final class OsgiServices implements Services, AutoCloseable {
  private final BundleContext context;
  private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();

  /** Services as this bundle sees them. */
  public OsgiServices(BundleContext context) {
    this.context = context;
  }

  @Override
  public <T, R> Optional<R> use(Class<T> type, Function<T, R> use) {
    ServiceTracker<?, ?> tracker =
        trackers.computeIfAbsent(
            type,
            t -> {
              ServiceTracker<?, ?> opened = new ServiceTracker<>(context, t.getName(), null);
              opened.open();
              return opened;
            });
    Object service = tracker.getService();
    return service == null ? Optional.empty() : Optional.of(use.apply(type.cast(service)));
  }

  @Override
  public <T, R> Optional<R> use(Class<T> type, String name, Function<T, R> use) {
    return use(
        ComponentCatalogue.class,
        catalogue -> {
          try (ComponentUse<T> held =
              catalogue.use(new Wanted<>(type, name, type.getSimpleName()), "")) {
            return use.apply(held.instance());
          }
        });
  }

  @Override
  public Path sharedPools() {
    return Installation.of(context::getProperty).sharedPools();
  }

  /** Releases the services. */
  @Override
  public void close() {
    trackers.values().forEach(ServiceTracker::close);
    trackers.clear();
  }
}
