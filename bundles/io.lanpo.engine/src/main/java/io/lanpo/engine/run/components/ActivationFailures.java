package io.lanpo.engine.run.components;

import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Asks the component runtime why an installed component gives no instance. */
final class ActivationFailures {
  private final BundleContext context;

  ActivationFailures(BundleContext context) {
    this.context = context;
  }

  /**
   * The message of what its constructor threw.
   *
   * @return empty when the runtime does not tell
   */
  Optional<String> of(ServiceReference<?> component) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    if (runtime == null) {
      return Optional.empty();
    }
    Object id = component.getProperty(ComponentConstants.COMPONENT_ID);
    return runtime.getComponentDescriptionDTOs(component.getBundle()).stream()
        .flatMap(d -> runtime.getComponentConfigurationDTOs(d).stream())
        .filter(c -> Objects.equals(c.id, id) && c.failure != null)
        .map(c -> message(c.failure))
        .findFirst();
  }

  /** The failure is a stack trace; its last cause says what happened. */
  private static String message(String trace) {
    String cause = trace;
    int last = trace.lastIndexOf("Caused by: ");
    if (last >= 0) {
      cause = trace.substring(last + "Caused by: ".length());
    }
    return cause.lines().findFirst().orElse(cause).replaceFirst("^[\\w.$]+(Exception|Error): ", "");
  }
}
