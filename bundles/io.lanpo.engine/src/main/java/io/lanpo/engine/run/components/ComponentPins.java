package io.lanpo.engine.run.components;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.UserException;
import io.lanpo.engine.config.ComponentKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pins the components of a run: what it holds stays the same from its start to its end. */
@Component(service = ComponentPins.class)
public final class ComponentPins {
  private final BundleContext context;
  private final ComponentCatalogue catalogue;

  /**
   * @param context of this bundle
   */
  @Activate
  public ComponentPins(BundleContext context, @Reference ComponentCatalogue catalogue) {
    this.context = context;
    this.catalogue = catalogue;
  }

  /**
   * A component that a run asks for.
   *
   * @param kind what it is
   * @param name its {@code lanpo.name}
   * @param origin where the name was written, for messages
   */
  public record Request(ComponentKind kind, String name, String origin) {}

  /**
   * Pins components; all or none.
   *
   * @param run the run's id
   * @throws UserException naming the component that does not serve, and why
   */
  public PinnedComponents pin(String run, List<Request> requests) {
    Map<ComponentKind, PinnedComponent> pins = new EnumMap<>(ComponentKind.class);
    try {
      requests.forEach(request -> pins.put(request.kind(), pin(run, request)));
    } catch (RuntimeException e) {
      pins.values().forEach(pin -> pin.use().close());
      throw e;
    }
    return new PinnedComponents(context, pins);
  }

  /**
   * Pins a component.
   *
   * @param run the run's id
   * @throws UserException when it does not serve, or is told what it must not know, with the reason
   */
  public PinnedComponent pin(String run, Request request) {
    ComponentKind kind = request.kind();
    ComponentUse<?> use =
        catalogue.use(
            new Wanted<>(kind.service(), request.name(), request.origin() + ": " + kind.key()),
            run);
    ServiceReference<?> reference = reference(use.serviceId());
    if (reference == null || reference.getBundle() == null) {
      use.close();
      throw new UserException(
          "%s: %s = %s went away while the run was starting"
              .formatted(request.origin(), kind.key(), request.name()),
          "Start the run again.");
    }
    PinnedComponent pin = new PinnedComponent(kind, use, reference, reference.getBundle());
    try {
      pin.requireBlind();
    } catch (UserException e) {
      use.close();
      throw e;
    }
    return pin;
  }

  private @Nullable ServiceReference<?> reference(long id) {
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(null, "(%s=%d)".formatted(Constants.SERVICE_ID, id));
      return found == null ? null : found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
