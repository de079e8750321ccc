package io.lanpo.shell.service;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

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
    ServiceHandle<T> held = find(type, null, patience);
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
  public <T> ServiceHandle<T> named(Class<T> type, String name) throws InterruptedException {
    // a name that was mistyped should not cost the whole wait once others of its kind have arrived
    Duration wait = names(type).isEmpty() ? patience : patience.dividedBy(5);
    ServiceHandle<T> held = find(type, name, wait);
    if (held == null) {
      List<String> known = names(type);
      throw new UserException(
          "there is no %s named %s".formatted(ServiceProviders.title(type), name),
          known.isEmpty() ? ServiceProviders.advice(type, context) : Names.suggestion(name, known));
    }
    return held;
  }

  @Override
  public List<String> names(Class<?> type) {
    return references(type).stream()
        .map(r -> r.getProperty(Components.NAME))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public List<ComponentFile> componentFiles() {
    return ComponentFiles.of(context);
  }

  private <T> Collection<ServiceReference<T>> references(Class<T> type) {
    try {
      return context.getServiceReferences(type, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> @Nullable ServiceHandle<T> find(Class<T> type, @Nullable String name, Duration wait)
      throws InterruptedException {
    ServiceTracker<T, ServiceReference<T>> tracker =
        new ServiceTracker<>(context, filter(type, name), new ReferencesOnly<>());
    tracker.open();
    try {
      // asked first: zero would mean to wait for ever
      ServiceReference<T> found = tracker.getService();
      if (found == null && !wait.isZero()) {
        found = tracker.waitForService(wait.toMillis());
      }
      return found == null ? null : hold(found);
    } finally {
      tracker.close();
    }
  }

  private <T> @Nullable ServiceHandle<T> hold(ServiceReference<T> reference) {
    ServiceObjects<T> objects = context.getServiceObjects(reference);
    T service = objects == null ? null : objects.getService();
    return service == null ? null : new Use<>(objects, service);
  }

  private Filter filter(Class<?> type, @Nullable String name) {
    List<String> terms = new ArrayList<>();
    terms.add("(objectClass=" + type.getName() + ")");
    if (name != null) {
      terms.add("(" + Components.NAME + "=" + name.replaceAll("([\\\\*()])", "\\\\$1") + ")");
    }
    try {
      return FrameworkUtil.createFilter("(&" + String.join("", terms) + ")");
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private record Use<T>(ServiceObjects<T> objects, T get) implements ServiceHandle<T> {
    @Override
    public void close() {
      objects.ungetService(get);
    }
  }

  /** Tracks without getting: a prototype must not be instantiated only to see that it is there. */
  private static final class ReferencesOnly<T>
      implements ServiceTrackerCustomizer<T, ServiceReference<T>> {
    @Override
    public ServiceReference<T> addingService(ServiceReference<T> reference) {
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, ServiceReference<T> tracked) {}

    @Override
    public void removedService(ServiceReference<T> reference, ServiceReference<T> tracked) {}
  }
}
