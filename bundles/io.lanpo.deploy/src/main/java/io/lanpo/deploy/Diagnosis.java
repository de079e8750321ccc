package io.lanpo.deploy;

import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.Components;
import io.lanpo.deploy.guard.FailureText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Finds for every component whether it serves, and if not, the cause at the root of it. */
final class Diagnosis {
  private static final String API = "io.lanpo.api.";
  private static final String KINDS =
      "(^Feedback(?=Planner$))|(Source|Backend|Strategy|Filter|Store)$";

  private final BundleContext context;
  private final Supplier<@Nullable ServiceComponentRuntime> runtime;
  private final Requirements requirements;
  private final long begin = System.nanoTime();

  /**
   * @param runtime the component runtime; none while it is not started
   */
  Diagnosis(BundleContext context, Supplier<@Nullable ServiceComponentRuntime> runtime) {
    this.context = context;
    this.runtime = runtime;
    this.requirements = new Requirements(context);
  }

  /** The components of all bundles that use the API, by kind, name and bundle. */
  List<ComponentState> all() {
    return Arrays.stream(context.getBundles())
        .filter(Diagnosis::usesTheApi)
        .flatMap(b -> startsOnDemand(b) ? Stream.of(onDemand(b)) : of(b).stream())
        .sorted(
            Comparator.comparing(ComponentState::kind)
                .thenComparing(ComponentState::name)
                .thenComparing(ComponentState::bundle))
        .toList();
  }

  /** Whether the platform has been up for a while, so that what is missing is not on its way. */
  boolean settled(Duration patience) {
    return System.nanoTime() - begin > 5 * patience.toNanos();
  }

  /** The components of a bundle. */
  List<ComponentState> of(Bundle bundle) {
    if (bundle.getState() == Bundle.INSTALLED) {
      return List.of(unresolved(bundle));
    }
    ServiceComponentRuntime components = runtime.get();
    if (components == null) {
      return List.of();
    }
    if (bundle.getState() == Bundle.RESOLVED) {
      return stopped(bundle);
    }
    List<ComponentState> states = new ArrayList<>();
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      if (serves(description)) {
        states.addAll(of(bundle, description, components));
      }
    }
    return states;
  }

  /**
   * What is wrong with the descriptions of a bundle's components: the component runtime leaves out
   * what it cannot read, and says so in the log only.
   */
  List<String> unreadDescriptions(Bundle bundle) {
    String listed = bundle.getHeaders("").get(ComponentConstants.SERVICE_COMPONENT);
    ServiceComponentRuntime components = runtime.get();
    boolean runs = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    if (listed == null || listed.isBlank() || components == null || !runs) {
      return List.of();
    }
    List<String> files =
        Stream.of(listed.split(",")).map(f -> f.strip().replaceFirst(";.*", "")).toList();
    List<String> missing =
        files.stream()
            .filter(f -> !f.isEmpty() && !f.contains("*") && bundle.getEntry(f) == null)
            .map("it lists the component description %s, which is not in it"::formatted)
            .toList();
    boolean none = components.getComponentDescriptionDTOs(bundle).isEmpty();
    return missing.isEmpty() && none
        ? List.of("none of its component descriptions can be read: " + String.join(", ", files))
        : missing;
  }

  /** Whether a component is one of the pluggable kinds; others are inner parts of a bundle. */
  private static boolean serves(ComponentDescriptionDTO description) {
    return Stream.of(description.serviceInterfaces).anyMatch(s -> s.startsWith(API));
  }

  private List<ComponentState> of(
      Bundle bundle, ComponentDescriptionDTO description, ServiceComponentRuntime components) {
    List<ComponentState> states = new ArrayList<>();
    for (ComponentConfigurationDTO configured :
        components.getComponentConfigurationDTOs(description)) {
      states.add(of(bundle, description, configured));
    }
    if (states.isEmpty()) {
      String file = String.join(" or ", description.configurationPid) + "~NAME.cfg";
      states.add(
          state(
              bundle,
              description,
              description.properties,
              Condition.UNCONFIGURED,
              List.of("it is made from a configuration file, and there is none"),
              "Write configs/%s; 'lanpo config RUN' lists its keys.".formatted(file)));
    }
    return states;
  }

  private ComponentState of(
      Bundle bundle, ComponentDescriptionDTO description, ComponentConfigurationDTO configured) {
    if (failed(configured)) {
      return state(
          bundle,
          description,
          configured.properties,
          Condition.FAILED,
          FailureText.causes(String.valueOf(configured.failure)),
          "Fix its configuration file or its constructor; the log has the whole trace.");
    }
    return switch (configured.state) {
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
          state(
              bundle,
              description,
              configured.properties,
              Condition.UNCONFIGURED,
              List.of("its configuration is missing"),
              "Write configs/%s.cfg.".formatted(String.join(" or ", description.configurationPid)));
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
        List<String> causes = new ArrayList<>();
        references(description, configured, causes, new HashSet<>());
        yield state(
            bundle,
            description,
            configured.properties,
            Condition.UNSATISFIED,
            causes,
            "Install or fix what is missing; this component then becomes available by itself.");
      }
      default -> state(bundle, description, configured.properties, Condition.READY, List.of(), "");
    };
  }

  /** Follows missing references down to what is really missing. */
  private void references(
      ComponentDescriptionDTO description,
      ComponentConfigurationDTO configured,
      List<String> causes,
      Set<String> seen) {
    for (UnsatisfiedReferenceDTO missing : configured.unsatisfiedReferences) {
      String service =
          Stream.of(description.references)
              .filter(r -> r.name.equals(missing.name))
              .map(r -> r.interfaceName)
              .findFirst()
              .orElse(missing.name);
      String target = missing.target == null ? "" : " with " + missing.target;
      causes.add("it needs a %s%s, and there is none".formatted(simple(service), target));
      if (seen.add(service)) {
        providers(service, causes, seen);
      }
    }
  }

  private void providers(String service, List<String> causes, Set<String> seen) {
    ServiceComponentRuntime components = runtime.get();
    if (components == null) {
      return;
    }
    for (ComponentDescriptionDTO other : components.getComponentDescriptionDTOs()) {
      if (!List.of(other.serviceInterfaces).contains(service)) {
        continue;
      }
      for (ComponentConfigurationDTO configured : components.getComponentConfigurationDTOs(other)) {
        String who = "%s of bundle %s".formatted(simple(other.name), other.bundle.symbolicName);
        if (failed(configured)) {
          List<String> why = FailureText.causes(String.valueOf(configured.failure));
          causes.add("%s would provide it, but failed: %s".formatted(who, why.get(why.size() - 1)));
        } else if (configured.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
          causes.add("%s would provide it, but is not satisfied itself:".formatted(who));
          references(other, configured, causes, seen);
        }
      }
    }
  }

  /** A component that is made on demand stays satisfied after it has failed. */
  private static boolean failed(ComponentConfigurationDTO configured) {
    return configured.failure != null && configured.state != ComponentConfigurationDTO.ACTIVE;
  }

  private ComponentState unresolved(Bundle bundle) {
    List<Requirements.Missing> missing = requirements.missing(bundle);
    return new ComponentState(
        "bundle",
        String.valueOf(bundle.getSymbolicName()),
        String.valueOf(bundle.getSymbolicName()),
        bundle.getVersion().toString(),
        0,
        Condition.UNRESOLVED,
        missing.isEmpty()
            ? List.of("what it imports comes from bundles that are not resolved themselves")
            : missing.stream().map(Requirements.Missing::what).toList(),
        missing.isEmpty() ? "'lanpo components' lists those." : missing.get(0).nextStep(),
        List.of());
  }

  /**
   * Whether it waits for a command that raises the start level to its own, or for its turn while
   * that level is being reached: until then it is not resolved, though nothing is missing.
   */
  private boolean startsOnDemand(Bundle bundle) {
    if (bundle.getState() != Bundle.INSTALLED && bundle.getState() != Bundle.RESOLVED) {
      return false;
    }
    int own = bundle.adapt(BundleStartLevel.class).getStartLevel();
    int now = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
    return own > now
        || (own > firstLevels()
            && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()
            && requirements.missing(bundle).isEmpty());
  }

  /** The start level up to which everything starts by itself. */
  private int firstLevels() {
    String given = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
    return given == null ? Integer.MAX_VALUE : Integer.parseInt(given.strip());
  }

  /** Nothing is wrong with it, so there is nothing to do. */
  private static ComponentState onDemand(Bundle bundle) {
    return new ComponentState(
        "bundle",
        bundle.getSymbolicName(),
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        0,
        Condition.STOPPED,
        List.of("it starts when a command asks for it"),
        "",
        List.of());
  }

  private static List<ComponentState> stopped(Bundle bundle) {
    if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null
        || bundle.getHeaders("").get("Service-Component") == null) {
      return List.of();
    }
    return List.of(
        new ComponentState(
            "bundle",
            bundle.getSymbolicName(),
            bundle.getSymbolicName(),
            bundle.getVersion().toString(),
            0,
            Condition.STOPPED,
            List.of("its bundle is stopped"),
            "Start it with: felix:start %d".formatted(bundle.getBundleId()),
            List.of()));
  }

  private static ComponentState state(
      Bundle bundle,
      ComponentDescriptionDTO description,
      Map<String, Object> properties,
      Condition condition,
      List<String> causes,
      String nextStep) {
    String service =
        Stream.of(description.serviceInterfaces)
            .filter(s -> s.startsWith(API))
            .findFirst()
            .orElse(description.name);
    Object name = properties.get(Components.NAME);
    return new ComponentState(
        kind(service),
        name == null ? simple(description.name) : name.toString(),
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        0,
        condition,
        causes,
        nextStep,
        List.of());
  }

  /**
   * A kind in a word, from its service interface: {@code TaskSource} is {@code task}, {@code
   * LessonSelector} is {@code lessons}, {@code MetricsSink} is {@code metrics-sinks}.
   */
  static String kind(String service) {
    return simple(service)
        .replaceFirst(KINDS, "")
        .replaceFirst("Selector$", "s")
        .replaceFirst("Sink$", "-sinks")
        .toLowerCase(Locale.ROOT);
  }

  /** Descriptions of the components that read a file with a PID. */
  List<ComponentDescriptionDTO> reading(String pid) {
    ServiceComponentRuntime components = runtime.get();
    return components == null
        ? List.of()
        : components.getComponentDescriptionDTOs().stream()
            .filter(d -> List.of(d.configurationPid).contains(pid))
            .toList();
  }

  /** The PIDs that components of started bundles read; none while there is no runtime. */
  List<String> pids() {
    ServiceComponentRuntime components = runtime.get();
    return components == null
        ? List.of()
        : components.getComponentDescriptionDTOs().stream()
            .flatMap(d -> Stream.of(d.configurationPid))
            .toList();
  }

  /** The components that declare a name of their own as {@code lanpo.name}. */
  List<ComponentDescriptionDTO> named(Class<?> type, String name) {
    ServiceComponentRuntime components = runtime.get();
    return components == null
        ? List.of()
        : components.getComponentDescriptionDTOs().stream()
            .filter(d -> List.of(d.serviceInterfaces).contains(type.getName()))
            .filter(d -> name.equals(d.properties.get(Components.NAME)))
            .toList();
  }

  /** The trace of what a component's constructor threw when it was last made. */
  Optional<String> failure(ServiceReference<?> component) {
    ServiceComponentRuntime components = runtime.get();
    Bundle bundle = component.getBundle();
    Object id = component.getProperty(ComponentConstants.COMPONENT_ID);
    if (components == null || bundle == null || id == null) {
      return Optional.empty();
    }
    return components.getComponentDescriptionDTOs(bundle).stream()
        .flatMap(d -> components.getComponentConfigurationDTOs(d).stream())
        .filter(c -> Long.valueOf(c.id).equals(id) && failed(c))
        .map(c -> c.failure)
        .findFirst();
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  static boolean usesTheApi(Bundle bundle) {
    String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
    return imports != null && imports.contains(API);
  }
}
