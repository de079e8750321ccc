package io.lanpo.engine.run.components;

import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.Secrets;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.run.folder.Manifest;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * An instance that a run holds.
 *
 * @param kind what it is
 * @param use the run's own instance
 * @param reference the service behind it
 * @param bundle its bundle
 */
public record PinnedComponent(
    ComponentKind kind, ComponentUse<?> use, ServiceReference<?> reference, Bundle bundle) {

  /** Service properties that describe the service and not its configuration. */
  private static final String NOT_CONFIGURATION =
      "(objectClass|component\\..*|service\\..*|osgi\\..*|felix\\.fileinstall\\..*|lanpo\\.name)";

  /** Its {@code lanpo.name}. */
  public String name() {
    return use.state().name();
  }

  /** What it is, with name and bundle, for messages. */
  public String title() {
    return "%s %s of bundle %s %s"
        .formatted(kind.title(), name(), bundle.getSymbolicName(), bundle.getVersion());
  }

  /** The run's own instance. */
  public Object instance() {
    return use.instance();
  }

  /** Its configuration, as far as it has one; what gives access to something is not shown. */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    for (String key : reference.getPropertyKeys()) {
      if (!key.matches(NOT_CONFIGURATION)) {
        properties.put(key, Secrets.shown(key, String.valueOf(reference.getProperty(key))));
      }
    }
    return properties;
  }

  Manifest.Component describe() {
    Map<String, String> properties = properties();
    if (instance() instanceof JudgedAttemptSelector) {
      // whoever compares runs has to know that the reviews of this one were not blind
      properties.put("sees", "verdicts");
    }
    return new Manifest.Component(
        name(),
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        BundleFingerprint.fingerprint(bundle),
        properties);
  }
}
