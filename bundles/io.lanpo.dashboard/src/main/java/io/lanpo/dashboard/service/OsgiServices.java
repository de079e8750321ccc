package io.lanpo.dashboard.service;

import io.lanpo.api.component.Components;
import io.lanpo.api.train.Installation;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
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
    ServiceReference<T> found = best(type, name);
    ServiceObjects<T> objects = found == null ? null : context.getServiceObjects(found);
    T service = objects == null ? null : get(objects);
    if (objects == null || service == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(use.apply(service));
    } finally {
      unget(objects, service);
    }
  }

  /** One at a time, so that the last use of a service cannot end while the next one begins. */
  private synchronized <T> @Nullable T get(ServiceObjects<T> objects) {
    return objects.getService();
  }

  private synchronized <T> void unget(ServiceObjects<T> objects, T service) {
    objects.ungetService(service);
  }

  private <T> @Nullable ServiceReference<T> best(Class<T> type, String name) {
    try {
      return context.getServiceReferences(type, null).stream()
          .filter(r -> name.equals(r.getProperty(Components.NAME)))
          .max(Comparator.naturalOrder())
          .orElse(null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
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
