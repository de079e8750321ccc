package io.lanpo.bench.measure;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/** The components that may be measured. */
public interface Installed {
  /** The component of a type with a name, if it is there. */
  <T> Optional<InUse<T>> find(Class<T> type, String name);

  /** The names of the components of a type, sorted. */
  List<String> names(Class<?> type);

  /**
   * The component that a setting names.
   *
   * @param key the setting
   * @throws UserException when there is none, saying which ones there are
   */
  default <T> InUse<T> get(Class<T> type, String key, String name) {
    return find(type, name).orElseThrow(() -> missing(key, name, names(type)));
  }

  private static UserException missing(String key, String name, List<String> known) {
    // a name that is known is of a component that does not start
    return known.contains(name)
        ? new UserException(
            "%s = %s names a component that does not start".formatted(key, name),
            "'lanpo why %s' says what keeps it from serving.".formatted(name))
        : new UserException(
            "%s = %s names no installed component".formatted(key, name),
            Names.suggestion(name, known));
  }

  /** Those of a framework. */
  static Installed in(BundleContext context) {
    return new Installed() {
      @Override
      public <T> Optional<InUse<T>> find(Class<T> type, String name) {
        return references(context, type, "(" + Components.NAME + "=" + escaped(name) + ")").stream()
            .max(ServiceReference::compareTo)
            .flatMap(reference -> use(context, reference));
      }

      @Override
      public List<String> names(Class<?> type) {
        return references(context, type, "(" + Components.NAME + "=*)").stream()
            .map(reference -> String.valueOf(reference.getProperty(Components.NAME)))
            .distinct()
            .sorted()
            .toList();
      }
    };
  }

  private static <T> List<ServiceReference<T>> references(
      BundleContext context, Class<T> type, String filter) {
    try {
      return List.copyOf(context.getServiceReferences(type, filter));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String escaped(String name) {
    return name.replaceAll("([\\\\*()])", "\\\\$1");
  }

  private static <T> Optional<InUse<T>> use(BundleContext context, ServiceReference<T> reference) {
    ServiceObjects<T> objects = context.getServiceObjects(reference);
    T component = objects == null ? null : objects.getService();
    return component == null
        ? Optional.empty()
        : Optional.of(new InUse<>(component, () -> objects.ungetService(component)));
  }
}
