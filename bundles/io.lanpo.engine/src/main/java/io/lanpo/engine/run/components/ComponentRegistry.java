package io.lanpo.engine.run.components;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.ComponentCatalogue;
import io.lanpo.api.train.ComponentInfo;
import io.lanpo.engine.config.ComponentKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Finds components by name in the service registry, pins them for runs, and knows who has pinned
 * what.
 */
@Component(service = {ComponentRegistry.class, ComponentCatalogue.class})
public final class ComponentRegistry implements ComponentCatalogue {
  /**
   * Of two with one name the higher ranking serves, then the higher version, then what came last:
   * what is deployed or rewritten replaces from what it was made of.
   */
  private static final Comparator<ServiceReference<Object>> SERVES_FIRST =
      Comparator.<ServiceReference<Object>>comparingInt(ComponentRegistry::ranking)
          .thenComparing(r -> r.getBundle().getVersion())
          .thenComparing(r -> r.getBundle().getBundleId())
          .thenComparing(r -> (Long) r.getProperty(Constants.SERVICE_ID))
          .reversed();

  private final BundleContext context;
  private final Map<ServiceReference<?>, List<String>> pinned = new ConcurrentHashMap<>();

  /**
   * @param context of this bundle
   */
  @Activate
  public ComponentRegistry(BundleContext context) {
    this.context = context;
  }

  /**
   * A component that a run asks for.
   *
   * @param kind what it is
   * @param name its {@code lanpo.name}
   * @param origin where the name was written, for messages
   */
  public record Wanted(ComponentKind kind, String name, String origin) {}

  @Override
  public List<ComponentInfo> components() {
    List<ComponentInfo> all = new ArrayList<>();
    Set<Class<?>> seen = new HashSet<>();
    for (ComponentKind kind : ComponentKind.values()) {
      if (!seen.add(kind.service())) {
        // it serves as the first of the kinds that share an interface, and is one component
        continue;
      }
      for (ServiceReference<Object> reference : references(kind)) {
        Bundle bundle = reference.getBundle();
        if (bundle != null) {
          all.add(
              new ComponentInfo(
                  kind.key(),
                  name(reference),
                  bundle.getSymbolicName(),
                  bundle.getVersion().toString(),
                  ranking(reference),
                  pinned.getOrDefault(reference, List.of())));
        }
      }
    }
    return all;
  }

  /**
   * Pins components; all or none.
   *
   * @param run the run's id
   * @throws UserException naming the component that is missing and those that are there
   */
  public PinnedComponents pin(String run, List<Wanted> wanted) {
    Map<ComponentKind, PinnedComponent> pins = new EnumMap<>(ComponentKind.class);
    try {
      wanted.forEach(w -> pins.put(w.kind(), pin(w.kind(), w.name(), w.origin())));
    } catch (RuntimeException e) {
      pins.values().forEach(p -> p.objects().ungetService(p.instance()));
      throw e;
    }
    pins.values().forEach(p -> pinned.merge(p.reference(), List.of(run), ComponentRegistry::join));
    return new PinnedComponents(context, pins, () -> released(run));
  }

  private PinnedComponent pin(ComponentKind kind, String name, String origin) {
    List<ServiceReference<Object>> all = references(kind);
    ServiceReference<Object> best =
        all.stream()
            .filter(r -> called(r, name))
            .findFirst()
            .orElseThrow(() -> missing(kind, name, origin, all));
    ServiceObjects<Object> objects = context.getServiceObjects(best);
    Object instance = objects == null ? null : objects.getService();
    Bundle bundle = best.getBundle();
    if (objects == null || instance == null || bundle == null) {
      throw new UserException(
          "%s: %s = %s is installed but does not start%s"
              .formatted(
                  origin,
                  kind.key(),
                  name,
                  new ActivationFailures(context).of(best).map(why -> ": " + why).orElse("")),
          "Fix its configuration or its bundle; the log has the details.");
    }
    return new PinnedComponent(kind, name(best), best, objects, instance, bundle);
  }

  private void released(String run) {
    pinned.replaceAll((r, runs) -> runs.stream().filter(id -> !id.equals(run)).toList());
    pinned.values().removeIf(List::isEmpty);
  }

  private List<ServiceReference<Object>> references(ComponentKind kind) {
    try {
      @SuppressWarnings(
          "unchecked") // The registry is asked for this interface; instances are cast when pinned.
      ServiceReference<Object> @Nullable [] found =
          (ServiceReference<Object>[])
              context.getServiceReferences(kind.service().getName(), "(" + Components.NAME + "=*)");
      return found == null
          ? List.of()
          : List.of(found).stream()
              .filter(r -> r.getBundle() != null)
              .sorted(
                  Comparator.<ServiceReference<Object>, String>comparing(ComponentRegistry::name)
                      .thenComparing(SERVES_FIRST))
              .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UserException missing(
      ComponentKind kind, String name, String origin, List<ServiceReference<Object>> there) {
    List<String> names =
        there.stream()
            .map(r -> name.contains("@") ? name(r) + "@" + r.getBundle().getVersion() : name(r))
            .distinct()
            .toList();
    return new UserException(
        "%s: %s = %s names no installed %s".formatted(origin, kind.key(), name, kind.title()),
        Names.suggestion(name, names) + " A bundle dropped into the deploy folder can add one.");
  }

  private static int ranking(ServiceReference<?> reference) {
    return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking
        ? ranking
        : 0;
  }

  /** A name, or {@code name@version} with the version of the bundle or its beginning. */
  private static boolean called(ServiceReference<?> reference, String wanted) {
    int at = wanted.lastIndexOf('@');
    if (at < 0) {
      return name(reference).equals(wanted);
    }
    String version = reference.getBundle().getVersion().toString();
    String asked = wanted.substring(at + 1);
    return name(reference).equals(wanted.substring(0, at))
        && (version.equals(asked) || version.startsWith(asked + "."));
  }

  private static String name(ServiceReference<?> reference) {
    return String.valueOf(reference.getProperty(Components.NAME));
  }

  private static List<String> join(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    // a run may hold two instances of one backend
    return both.stream().distinct().toList();
  }
}
