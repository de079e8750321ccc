package io.lanpo.deploy;

import io.lanpo.api.component.Components;
import io.lanpo.deploy.guard.Refusal;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Looks at the component that a configuration file makes. */
final class ConfiguredComponents {
  private static final long LOOK_MILLIS = 20;

  private final BundleContext context;
  private final Supplier<@Nullable ServiceComponentRuntime> runtime;
  private final ComponentProblems problems;
  private final Duration patience;
  private volatile boolean live;

  /**
   * @param patience how long a configuration may take to reach its component
   */
  ConfiguredComponents(
      BundleContext context,
      Supplier<@Nullable ServiceComponentRuntime> runtime,
      ComponentProblems problems,
      Duration patience) {
    this.context = context;
    this.runtime = runtime;
    this.problems = problems;
    this.patience = patience;
  }

  /** From now on components are made to see whether they take their configuration. */
  void live() {
    live = true;
  }

  /** Whether the platform has started, so that somebody may hold what a file has made. */
  boolean isLive() {
    return live;
  }

  /**
   * What a file has made.
   *
   * @param configuration the identity of the configuration, {@code service.pid}
   * @return a sentence
   * @throws Refusal when the component does not take its configuration
   */
  String configuredBy(File file, String configuration) throws Refusal {
    ServiceComponentRuntime components = runtime.get();
    if (!live || components == null) {
      return "it was there at the start";
    }
    String pid = ConfigurationName.of(file.getName()).pid();
    boolean read =
        components.getComponentDescriptionDTOs().stream()
            .anyMatch(d -> Arrays.asList(d.configurationPid).contains(pid));
    if (!read) {
      return "it waits for a bundle with a component %s; none is installed".formatted(pid);
    }
    ServiceReference<?> service = await(configuration);
    if (service == null) {
      return "it is in effect; 'lanpo components' shows whether its component serves";
    }
    Bundle bundle = service.getBundle();
    Optional<ComponentProblems.Problem> problem =
        bundle == null ? Optional.empty() : problems.of(service, bundle);
    if (problem.isPresent()) {
      throw new Refusal(
          problem.get().inOneLine(),
          (problem.get().nextStep() + " It is read again when it changes.").strip());
    }
    return "%s is configured by it".formatted(service.getProperty(Components.NAME));
  }

  /** Whether somebody holds a service that a configuration has made. */
  boolean held(String configuration) {
    return services(configuration).anyMatch(s -> s.getUsingBundles() != null);
  }

  private Stream<ServiceReference<?>> services(String configuration) {
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(
              null, "(%s=%s)".formatted(Constants.SERVICE_PID, configuration));
      return found == null ? Stream.of() : Stream.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable ServiceReference<?> await(String configuration) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      // the configuration reaches its component from another thread
      Thread.sleep(LOOK_MILLIS);
      while (System.nanoTime() < end) {
        Optional<ServiceReference<?>> found = services(configuration).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }
}
