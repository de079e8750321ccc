package io.lanpo.shell.service;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.dashboard.Dashboard;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.api.train.RunLogs;
import io.lanpo.api.train.TrainingService;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Which bundle usually brings a service, and what to do when it does not. */
final class ServiceProviders {
  private static final Map<Class<?>, String> BUNDLES =
      Map.of(
          Dashboard.class, "io.lanpo.dashboard",
          Deployments.class, "io.lanpo.deploy",
          Experiments.class, "io.lanpo.experiment",
          TrainingService.class, "io.lanpo.engine",
          RunLogs.class, "io.lanpo.engine",
          ComponentCatalogue.class, "io.lanpo.deploy");

  private ServiceProviders() {}

  /** The bundle that usually brings a service, if it is installed. */
  static Optional<Bundle> bundle(Class<?> type, BundleContext context) {
    String name = BUNDLES.get(type);
    return Arrays.stream(context.getBundles())
        .filter(b -> name != null && name.equals(b.getSymbolicName()))
        .findAny();
  }

  /** A sentence on how to get a service that is missing. */
  static String advice(Class<?> type, BundleContext context) {
    String name = BUNDLES.get(type);
    if (name == null) {
      return "Install a bundle that provides " + type.getName() + ".";
    }
    Optional<Bundle> bundle = bundle(type, context);
    if (bundle.isEmpty()) {
      return "The bundle %s brings it and is not installed; add it to the feature or drop it into deploy/."
          .formatted(name);
    }
    return switch (bundle.get().getState()) {
      case Bundle.INSTALLED ->
          "The bundle %s brings it, but a package that it imports is missing; the log names it."
              .formatted(name);
      case Bundle.RESOLVED ->
          "The bundle %s brings it, but is not started; the log says why.".formatted(name);
      default ->
          "The bundle %s brings it and is started, but something that it needs is missing; the log says what."
              .formatted(name);
    };
  }
}
