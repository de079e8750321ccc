package io.lanpo.engine.run;

import io.lanpo.api.component.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: what a run was made with.
 *
 * @param components by kind
 * @param java version of the Java runtime
 * @param system operating system and architecture
 * @param processors processors that Java saw
 * @param coldStart key of the cold start in the cache; empty without one
 * @param memory what it takes of the machine's memory, by estimate; null when that is not known
 */
record Manifest(
    Map<String, Component> components,
    String java,
    String system,
    int processors,
    String coldStart,
    @Nullable MemoryNeed memory) {

  /**
   * The component behind a kind.
   *
   * @param name its {@code lanpo.name}
   * @param bundle symbolic name of its bundle
   * @param version version of its bundle
   * @param properties its configuration, as far as it has one
   */
  record Component(String name, String bundle, String version, Map<String, String> properties) {}

  static Manifest of(
      Map<String, Component> components, String coldStart, @Nullable MemoryNeed memory) {
    return new Manifest(
        components,
        System.getProperty("java.vendor") + " " + Runtime.version(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        coldStart,
        memory);
  }

  /**
   * Refuses components other than those a run was made with, since it would go on as a run of
   * another method: another bundle, or another value of an option. Another version of the bundle is
   * allowed, as it may be the mended one, and so are options that one of the versions does not
   * have.
   *
   * @param run the run's id
   * @param now the components that serve now, by kind
   */
  void requireSame(String run, Map<String, Component> now) {
    components.forEach(
        (kind, then) -> {
          Component serving = now.get(kind);
          if (serving == null) {
            return;
          }
          String made = "run %s was made with %s = %s".formatted(run, kind, then.name());
          if (!serving.bundle().equals(then.bundle())) {
            throw new UserException(
                "%s from bundle %s %s; now bundle %s serves this name"
                    .formatted(made, then.bundle(), then.version(), serving.bundle()),
                "Bring back bundle %s, or start a new run.".formatted(then.bundle()));
          }
          then.properties()
              .forEach(
                  (key, value) -> {
                    String other = serving.properties().getOrDefault(key, value);
                    if (!other.equals(value)) {
                      throw new UserException(
                          "%s, whose %s was '%s'; now it is '%s'"
                              .formatted(made, key, value, other),
                          "Put the old value back into the component's configuration, or start a new run.");
                    }
                  });
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
