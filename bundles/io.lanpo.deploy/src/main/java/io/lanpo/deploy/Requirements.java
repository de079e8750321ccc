package io.lanpo.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Says in words what a bundle needs and the installed bundles do not offer. */
record Requirements(BundleContext context) {
  private static final String API = "io.lanpo.api.";

  /** A requirement that nobody fulfils, and what to do about it. */
  record Missing(String what, String nextStep) {}

  /** What is missing; empty when the reason lies in the bundles that would provide it. */
  List<Missing> missing(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return List.of();
    }
    List<Missing> missing = new ArrayList<>();
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      Map<String, String> directives = requirement.getDirectives();
      boolean needed =
          !Namespace.RESOLUTION_OPTIONAL.equals(
                  directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
              && !PackageNamespace.RESOLUTION_DYNAMIC.equals(
                  directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
      if (needed && offers(requirement.getNamespace()).noneMatch(requirement::matches)) {
        missing.add(describe(requirement));
      }
    }
    return missing;
  }

  private Missing describe(BundleRequirement requirement) {
    String filter =
        String.valueOf(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE));
    return switch (requirement.getNamespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE -> packageMissing(filter);
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
          new Missing(
              "it was built for %s, and this is Java %d"
                  .formatted(javaVersion(filter), Runtime.version().feature()),
              "Build it with maven.compiler.release = %d.".formatted(Runtime.version().feature()));
      default ->
          new Missing(
              "it requires %s %s".formatted(requirement.getNamespace(), filter),
              "Install a bundle that provides it, or remove the requirement.");
    };
  }

  private Missing packageMissing(String filter) {
    String name = Filters.value(filter, PackageNamespace.PACKAGE_NAMESPACE);
    String range = Filters.range(filter);
    List<String> versions =
        offers(PackageNamespace.PACKAGE_NAMESPACE)
            .map(BundleCapability::getAttributes)
            .filter(a -> name.equals(a.get(PackageNamespace.PACKAGE_NAMESPACE)))
            .map(a -> String.valueOf(a.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)))
            .distinct()
            .sorted()
            .toList();
    if (versions.isEmpty()) {
      return new Missing(
          "it imports the package %s, which no bundle exports".formatted(name),
          "Put the classes into the bundle itself, or deploy a bundle that exports them.");
    }
    return new Missing(
        "it imports the package %s %s, and here it is %s"
            .formatted(name, range, String.join(", ", versions)),
        name.startsWith(API)
            ? "It was built against another version of the API: build it against this one."
            : "Build it against a version that is here.");
  }

  private Stream<BundleCapability> offers(String namespace) {
    return Stream.of(context.getBundles())
        .map(b -> b.adapt(BundleRevision.class))
        .filter(r -> r != null)
        .flatMap(r -> r.getDeclaredCapabilities(namespace).stream());
  }

  /** The lowest version of Java that fulfils a filter. */
  private static String javaVersion(String filter) {
    try {
      Filter wanted = FrameworkUtil.createFilter(filter);
      for (int feature = 9; feature < 100; feature++) {
        if (wanted.matches(
            Map.of(
                ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE,
                "JavaSE",
                "version",
                new Version(feature, 0, 0)))) {
          return "Java " + feature;
        }
      }
    } catch (InvalidSyntaxException e) {
      // the framework has accepted it; the text itself says enough
      return filter;
    }
    return filter;
  }
}
