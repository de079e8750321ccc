package io.lanpo.engine.run.components;

import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.TaskSource;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.run.folder.Manifest;
import java.util.List;
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

  /** What is told rewards, verdicts or answers. */
  private static final List<Class<?>> TOLD =
      List.of(
          TaskSource.class,
          Verifier.class,
          PoolStore.class,
          Objective.class,
          MetricsSink.class,
          AbstractionStrategy.class,
          JudgedAttemptSelector.class);

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

  /**
   * Refuses a component that must not know how attempts were judged and, as something else, is
   * told: what it keeps of that would get into prompts.
   *
   * @throws UserException naming it
   */
  void requireBlind() {
    if (!kind.blind()) {
      return;
    }
    for (Class<?> told : TOLD) {
      boolean openly = kind == ComponentKind.ATTEMPTS && told == JudgedAttemptSelector.class;
      if (!openly && told.isInstance(instance())) {
        throw new UserException(
            "the %s implements %s, too, which is told how attempts were judged"
                .formatted(title(), told.getSimpleName()),
            "Let a class of its own implement that interface.");
      }
    }
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
