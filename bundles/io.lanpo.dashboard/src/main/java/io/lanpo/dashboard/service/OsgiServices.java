package io.lanpo.dashboard.service;

import io.lanpo.api.component.Components;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/** Services of the framework. */
public final class OsgiServices implements Services {
  private final BundleContext context;

  /** Services as this bundle sees them. */
  public OsgiServices(BundleContext context) {
    this.context = context;
  }

  @Override
  public <T, R> Optional<R> use(Class<T> type, Function<T, R> use) {
    return use(type, (String) null, use, 0);
  }

  @Override
  public <T, R> Optional<R> use(Class<T> type, String name, Function<T, R> use) {
    return use(type, name, use, 0);
  }

  private <T, R> Optional<R> use(
      Class<T> type, @Nullable String name, Function<T, R> use, int attempt) {
    ServiceReference<T> found = best(type, name);
    if (found == null) {
      return Optional.empty();
    }
    ServiceObjects<T> objects = context.getServiceObjects(found);
    T service = objects == null ? null : objects.getService();
    if (objects == null || service == null) {
      // it went away between the two looks; its successor may be there already
      return attempt < 2 ? use(type, name, use, attempt + 1) : Optional.empty();
    }
    try {
      return Optional.of(use.apply(service));
    } finally {
      objects.ungetService(service);
    }
  }

  private <T> @Nullable ServiceReference<T> best(Class<T> type, @Nullable String name) {
    try {
      return context.getServiceReferences(type, null).stream()
          .filter(r -> name == null || name.equals(r.getProperty(Components.NAME)))
          .max(Comparator.naturalOrder())
          .orElse(null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Path sharedPools() {
    String var = context.getProperty("lanpo.var");
    return Path.of(var == null ? "var" : var).toAbsolutePath().resolve("pools");
  }
}
