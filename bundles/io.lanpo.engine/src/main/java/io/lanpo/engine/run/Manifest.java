package io.lanpo.engine.run;

import io.lanpo.api.component.UserException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code manifest.json}: what a run was made with.
 *
 * @param components by kind
 * @param java version of the Java runtime
 * @param system operating system and architecture
 * @param processors processors that Java saw
 * @param coldStart key of the cold start in the cache; empty without one
 */
record Manifest(
    Map<String, Component> components,
    String java,
    String system,
    int processors,
    String coldStart) {

  /**
   * The component behind a kind.
   *
   * @param name its {@code lanpo.name}
   * @param bundle symbolic name of its bundle
   * @param version version of its bundle
   * @param properties its configuration, as far as it has one
   */
  record Component(String name, String bundle, String version, Map<String, String> properties) {}

  static Manifest of(Map<String, Component> components, String coldStart) {
    return new Manifest(
        components,
        System.getProperty("java.vendor") + " " + Runtime.version(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        coldStart);
  }

  Manifest withColdStart(String key) {
    return new Manifest(components, java, system, processors, key);
  }

  /**
   * Refuses components from other bundles than a run was made with: it would go on as a run of
   * another method. Another version of the same bundle is allowed, since it may be the mended one.
   *
   * @param run the run's id
   * @param now the components that serve now, by kind
   */
  void requireSameBundles(String run, Map<String, Component> now) {
    components.forEach(
        (kind, then) -> {
          Component serving = now.get(kind);
          if (serving != null && !serving.bundle().equals(then.bundle())) {
            throw new UserException(
                "run %s was made with %s = %s from bundle %s %s; now bundle %s serves this name"
                    .formatted(
                        run, kind, then.name(), then.bundle(), then.version(), serving.bundle()),
                "Bring back bundle %s, or start a new run.".formatted(then.bundle()));
          }
        });
  }

  /** Kind to {@code name, bundle version}. */
  Map<String, String> inWords() {
    Map<String, String> words = new LinkedHashMap<>();
    components.forEach(
        (kind, c) -> words.put(kind, "%s, %s %s".formatted(c.name(), c.bundle(), c.version())));
    return words;
  }
}
