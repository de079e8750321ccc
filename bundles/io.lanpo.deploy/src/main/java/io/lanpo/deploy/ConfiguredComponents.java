package io.lanpo.deploy;

import io.lanpo.api.component.Components;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Looks at the component that a configuration file makes. */
final class ConfiguredComponents {
  private static final long LOOK_MILLIS = 20;

  private final BundleContext context;
  private final Supplier<@Nullable ServiceComponentRuntime> runtime;
  private final Trial trial;
  private final Duration patience;
  private volatile boolean live;

  /**
   * @param patience how long a configuration may take to reach its component
   */
  ConfiguredComponents(
      BundleContext context,
      Supplier<@Nullable ServiceComponentRuntime> runtime,
      Trial trial,
      Duration patience) {
    this.context = context;
    this.runtime = runtime;
    this.trial = trial;
    this.patience = patience;
  }

  /** From now on components are made to see whether they take their configuration. */
  void live() {
    live = true;
  }

  /**
   * What a file has made.
   *
   * @return a sentence
   * @throws Refusal when the component does not take its configuration
   */
  String configuredBy(File file) throws Refusal {
    ServiceComponentRuntime components = runtime.get();
    if (!live || components == null) {
      return "it was there at the start";
    }
    String pid = file.getName().replaceFirst("(~.*)?\\.cfg$", "");
    boolean read =
        components.getComponentDescriptionDTOs().stream()
            .anyMatch(d -> Arrays.asList(d.configurationPid).contains(pid));
    if (!read) {
      return "it waits for a bundle with a component %s; none is installed".formatted(pid);
    }
    ServiceReference<?> service = await(file);
    if (service == null) {
      return "it is in effect; 'lanpo components' shows whether its component serves";
    }
    trial.instantiate(service);
    Optional<String> failure = failure(components, service);
    if (failure.isPresent()) {
      throw new Refusal(failure.get(), "Mend the file; it is read again when it changes.");
    }
    return "%s is configured by it".formatted(service.getProperty(Components.NAME));
  }

  private @Nullable ServiceReference<?> await(File file) {
    String filter = "(%s=%s)".formatted(ConfigurationFiles.FILE_NAME, file.toURI());
    long end = System.nanoTime() + patience.toNanos();
    try {
      // the configuration reaches its component from another thread
      Thread.sleep(LOOK_MILLIS);
      while (System.nanoTime() < end) {
        ServiceReference<?>[] found = context.getServiceReferences((String) null, filter);
        if (found != null) {
          return found[0];
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private static Optional<String> failure(
      ServiceComponentRuntime components, ServiceReference<?> service) {
    Object id = service.getProperty(ComponentConstants.COMPONENT_ID);
    return components.getComponentDescriptionDTOs(service.getBundle()).stream()
        .flatMap(d -> components.getComponentConfigurationDTOs(d).stream())
        .filter(c -> Long.valueOf(c.id).equals(id) && c.failure != null)
        .filter(c -> c.state != ComponentConfigurationDTO.ACTIVE)
        .map(c -> String.join(": ", FailureText.causes(c.failure)))
        .findFirst();
  }
}
