package io.lanpo.deploy;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.Components;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployment.State;
import io.lanpo.deploy.ComponentProblems.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Finds components by kind and name in the service registry, and knows who holds which. */
final class ComponentLookup implements ComponentCatalogue {
  private static final String API = "io.lanpo.api.";
  private static final long LOOK_MILLIS = 20;

  /**
   * Of two with one name the higher ranking serves, then the higher version, then what came last:
   * what is deployed or written again takes over from what it was made of.
   */
  private static final Comparator<Found> SERVES_FIRST =
      Comparator.comparingInt(Found::ranking)
          .thenComparing(f -> f.bundle().getVersion())
          .thenComparing(f -> f.bundle().getBundleId())
          .thenComparing(f -> f.file().isPresent())
          .thenComparing(Found::id)
          .reversed();

  private final BundleContext context;
  private final Diagnosis diagnosis;
  private final DeclaredOptions options;
  private final ComponentProblems problems;
  private final Supplier<List<RefusedFile>> refusedFiles;
  private final Supplier<List<Deployment>> outcomes;
  private final Duration patience;
  private final Map<Object, List<String>> holders = new ConcurrentHashMap<>();

  /**
   * @param refusedFiles configuration files that cannot be read and have nothing in effect
   * @param outcomes what came of each deployed file
   * @param patience how long a component may take to arrive that is on its way from a file
   */
  ComponentLookup(
      BundleContext context,
      Diagnosis diagnosis,
      DeclaredOptions options,
      ComponentProblems problems,
      Supplier<List<RefusedFile>> refusedFiles,
      Supplier<List<Deployment>> outcomes,
      Duration patience) {
    this.context = context;
    this.diagnosis = diagnosis;
    this.options = options;
    this.problems = problems;
    this.refusedFiles = refusedFiles;
    this.outcomes = outcomes;
    this.patience = patience;
  }

  @Override
  public List<ComponentState> components() {
    List<ComponentState> all = new ArrayList<>();
    for (Found found : registered(null)) {
      ComponentState state = state(found);
      boolean taken =
          state.serves() && all.stream().anyMatch(o -> o.serves() && sameName(o, state));
      all.add(
          taken
              ? state.in(
                  Condition.SHADOWED,
                  List.of("another one of this name comes first"),
                  "NAME@VERSION chooses by the version of its bundle.")
              : state);
    }
    refusedFiles.get().forEach(file -> all.addAll(states(file)));
    for (ComponentState state : diagnosis.all()) {
      boolean known =
          all.stream().anyMatch(o -> sameName(o, state) && o.bundle().equals(state.bundle()));
      if (!state.serves() && !known) {
        all.add(state);
      }
    }
    all.sort(Comparator.comparing(ComponentState::kind).thenComparing(ComponentState::name));
    return all;
  }

  @Override
  public List<ComponentFile> files() {
    return options.all();
  }

  @Override
  public List<String> names(Class<?> type) {
    return serving(type).map(Found::name).distinct().sorted().toList();
  }

  @Override
  public <S> ComponentUse<S> use(Wanted<S> wanted, String holder) {
    refuseByFile(wanted);
    Found best = find(wanted).or(() -> await(wanted)).orElseThrow(() -> missing(wanted));
    Optional<Problem> problem = problems.of(best.reference(), best.bundle());
    if (problem.isPresent()) {
      throw notServing(wanted, problem.get().causes(), problem.get().nextStep());
    }
    @SuppressWarnings("unchecked") // the registry was asked for this interface
    ServiceReference<S> reference = (ServiceReference<S>) best.reference();
    ServiceObjects<S> objects = context.getServiceObjects(reference);
    S instance = objects == null ? null : objects.getService();
    if (objects == null || instance == null) {
      Problem failed =
          problems
              .of(best.reference(), best.bundle())
              .orElseGet(
                  () ->
                      new Problem(
                          Condition.FAILED,
                          List.of("it gives no instance"),
                          "The log has the details."));
      throw notServing(wanted, failed.causes(), failed.nextStep());
    }
    if (!wanted.type().isInstance(instance)) {
      objects.ungetService(instance);
      throw notServing(
          wanted,
          List.of("its bundle has a copy of %s of its own".formatted(wanted.type().getName())),
          "Import the package rather than taking it into the bundle.");
    }
    Use<S> use = new Use<>(reference, objects, instance, state(best), holder);
    if (!holder.isEmpty()) {
      holders.merge(use.serviceId(), List.of(holder), ComponentLookup::join);
    }
    return use;
  }

  /** A file that cannot be read must not leave the defaults of its component in its place. */
  private void refuseByFile(Wanted<?> wanted) {
    for (RefusedFile file : refusedFiles.get()) {
      for (ComponentState state : states(file)) {
        if (state.kind().equals(Diagnosis.kind(wanted.type().getName()))
            && state.name().equals(wanted.name())) {
          throw notServing(wanted, state.causes(), state.nextStep());
        }
      }
    }
  }

  private static UserException notServing(Wanted<?> wanted, List<String> causes, String nextStep) {
    return new UserException(
        "%s = %s does not serve: %s"
            .formatted(wanted.where(), wanted.name(), String.join(": ", causes)),
        nextStep);
  }

  private UserException missing(Wanted<?> wanted) {
    String kind = Diagnosis.kind(wanted.type().getName());
    Optional<ComponentState> declared =
        diagnosis.all().stream()
            .filter(c -> c.kind().equals(kind) && c.name().equals(wanted.name()) && !c.serves())
            .findFirst();
    if (declared.isPresent()) {
      return notServing(wanted, declared.get().causes(), declared.get().nextStep());
    }
    List<Found> renamed = renamed(wanted);
    if (!renamed.isEmpty()) {
      return renamed(wanted, renamed);
    }
    List<String> names =
        serving(wanted.type())
            .map(f -> f.name() + (wanted.name().contains("@") ? "@" + f.bundle().getVersion() : ""))
            .distinct()
            .toList();
    return new UserException(
        "%s = %s names no installed %s"
            .formatted(wanted.where(), wanted.name(), title(wanted.type())),
        Names.suggestion(wanted.name(), names) + " " + origin());
  }

  /** Where it may come from; what a refused bundle would have brought cannot be known. */
  private String origin() {
    return outcomes.get().stream()
        .filter(d -> d.state() == State.REFUSED && d.file().toString().endsWith(".jar"))
        .map(d -> "%s may bring it: %s.".formatted(d.file().getFileName(), d.message()))
        .reduce((a, b) -> a + " " + b)
        .orElse("A bundle dropped into the deploy folder can add one.");
  }

  private Stream<Found> serving(Class<?> type) {
    return registered(type).stream().filter(f -> problems.of(f.reference(), f.bundle()).isEmpty());
  }

  /** What serves under names that files gave to the component whose own name is wanted. */
  private List<Found> renamed(Wanted<?> wanted) {
    List<String> components =
        diagnosis.named(wanted.type(), wanted.name()).stream().map(d -> d.name).toList();
    return registered(wanted.type()).stream()
        .filter(f -> f.file().isPresent())
        .filter(
            f -> components.contains(f.reference().getProperty(ComponentConstants.COMPONENT_NAME)))
        .toList();
  }

  private static UserException renamed(Wanted<?> wanted, List<Found> renamed) {
    List<String> names = renamed.stream().map(Found::name).distinct().toList();
    return notServing(
        wanted,
        List.of(
            renamed.stream()
                .map(
                    f ->
                        "%s makes it under the name %s".formatted(f.file().orElseThrow(), f.name()))
                .collect(Collectors.joining(", and "))),
        "Ask for %s, or add a file %s~%s.cfg, which may be empty: it makes %s."
            .formatted(
                String.join(" or ", names), renamed.get(0).pid(), wanted.name(), wanted.name()));
  }

  private Optional<Found> find(Wanted<?> wanted) {
    return registered(wanted.type()).stream().filter(f -> f.called(wanted.name())).findFirst();
  }

  /** A configuration reaches its component from another thread: it may be on its way. */
  private Optional<Found> await(Wanted<?> wanted) {
    if (diagnosis.settled(patience)) {
      return Optional.empty();
    }
    long end = System.nanoTime() + patience.toNanos();
    Optional<Found> found = find(wanted);
    try {
      while (found.isEmpty() && System.nanoTime() < end) {
        Thread.sleep(LOOK_MILLIS);
        found = find(wanted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return found;
  }

  private ComponentState state(Found found) {
    ComponentState ready =
        new ComponentState(
            Diagnosis.kind(found.type()),
            found.name(),
            found.bundle().getSymbolicName(),
            found.bundle().getVersion().toString(),
            found.ranking(),
            Condition.READY,
            List.of(),
            "",
            holders.getOrDefault(found.id(), List.of()));
    return problems
        .of(found.reference(), found.bundle())
        .map(p -> ready.in(p.condition(), p.causes(), p.nextStep()))
        .orElse(ready);
  }

  /** The components that a file would have made. */
  private List<ComponentState> states(RefusedFile file) {
    List<ComponentState> states = new ArrayList<>();
    for (ComponentDescriptionDTO description : diagnosis.reading(file.pid())) {
      Object given = file.name();
      Object own = description.properties.get(Components.NAME);
      Object name = given != null ? given : own != null ? own : description.name;
      Stream.of(description.serviceInterfaces)
          .filter(s -> s.startsWith(API))
          .map(
              service ->
                  new ComponentState(
                      Diagnosis.kind(service),
                      name.toString(),
                      description.bundle.symbolicName,
                      description.bundle.version,
                      0,
                      Condition.REFUSED,
                      List.of(file.reason()),
                      file.refusal().nextStep(),
                      List.of()))
          .forEach(states::add);
    }
    return states;
  }

  /**
   * Components of a type, or of all types, by kind and name; those that serve come first. Whether a
   * service fits is left to its use: Felix' getServiceReferences asks, and fails while a bundle
   * goes.
   */
  private List<Found> registered(@Nullable Class<?> type) {
    try {
      ServiceReference<?>[] references =
          context.getAllServiceReferences(
              type == null ? null : type.getName(), "(" + Components.NAME + "=*)");
      return Stream.of(references == null ? new ServiceReference<?>[0] : references)
          .flatMap(r -> Found.of(r).stream())
          .sorted(
              Comparator.<Found, String>comparing(f -> Diagnosis.kind(f.type()))
                  .thenComparing(Found::name)
                  .thenComparing(SERVES_FIRST))
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a type is, in words: {@code TaskSource} is a task source. */
  private static String title(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static boolean sameName(ComponentState a, ComponentState b) {
    return a.kind().equals(b.kind()) && a.name().equals(b.name());
  }

  private static List<String> join(Collection<String> a, Collection<String> b) {
    // a run may hold two instances of one backend
    return Stream.concat(a.stream(), b.stream()).distinct().toList();
  }

  private final class Use<S> implements ComponentUse<S> {
    private final ServiceReference<S> reference;
    private final ServiceObjects<S> objects;
    private final S instance;
    private final ComponentState state;
    private final String holder;

    Use(
        ServiceReference<S> reference,
        ServiceObjects<S> objects,
        S instance,
        ComponentState state,
        String holder) {
      this.reference = reference;
      this.objects = objects;
      this.instance = instance;
      this.state = state;
      this.holder = holder;
    }

    @Override
    public S instance() {
      return instance;
    }

    @Override
    public ComponentState state() {
      return state;
    }

    @Override
    public long serviceId() {
      return (Long) Objects.requireNonNull(reference.getProperty(Constants.SERVICE_ID));
    }

    @Override
    public boolean lost() {
      return reference.getBundle() == null;
    }

    @Override
    public void close() {
      holders.computeIfPresent(
          serviceId(),
          (id, all) -> {
            List<String> left = all.stream().filter(h -> !h.equals(holder)).toList();
            return left.isEmpty() ? null : left;
          });
      try {
        objects.ungetService(instance);
      } catch (IllegalStateException | IllegalArgumentException e) {
        // the service is gone already, and its instance with it
        return;
      }
    }
  }
}
