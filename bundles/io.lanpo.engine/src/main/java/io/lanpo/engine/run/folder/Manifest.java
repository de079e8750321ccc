package io.lanpo.engine.run.folder;

import io.lanpo.api.component.UserException;
import io.lanpo.engine.run.components.BundleFingerprint;
import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.memory.MemoryNeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param dropped the list of problems that the run leaves out; null when it leaves out none
 * @param changes in words, where a run that was resumed went on with another build of a bundle
 */
public record Manifest(
    Map<String, Component> components,
    String java,
    String system,
    int processors,
    String coldStart,
    @Nullable MemoryNeed memory,
    @Nullable FileSum dropped,
    List<String> changes) {

  /** Keys that may be absent. */
  static final String[] OPTIONAL = {"memory", "dropped"};

  /**
   * The component behind a kind.
   *
   * @param name its {@code lanpo.name}
   * @param bundle symbolic name of its bundle
   * @param version version of its bundle
   * @param content see {@link BundleFingerprint#fingerprint}
   * @param properties its configuration, as far as it has one
   */
  public record Component(
      String name, String bundle, String version, String content, Map<String, String> properties) {
    /** The bundle with what tells one build of it from another. */
    public String build() {
      return bundle + " " + version + " (" + content + ")";
    }

    /** Whether it is certain that another one's code differs. */
    boolean differs(Component other) {
      return !version.equals(other.version) || !content.equals(other.content);
    }
  }

  public static Manifest of(
      Map<String, Component> components,
      String coldStart,
      @Nullable MemoryNeed memory,
      @Nullable FileSum dropped,
      List<String> changes) {
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
        memory,
        dropped,
        changes);
  }

  /**
   * Refuses components other than those a run was made with, since it would go on as a run of
   * another method: another bundle, or another value of an option. Another build of the bundle is
   * allowed, as it may be the fixed one, and so are options that one of the builds does not have.
   *
   * @param run the run's id
   * @param step where it goes on
   * @param now the components that serve now, by kind
   * @return the changes, and what is another build now
   */
  List<String> requireSame(String run, int step, Map<String, Component> now) {
    List<String> all = new ArrayList<>(changes);
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
          if (then.differs(serving)) {
            all.add(
                "%s from bundle %s; it goes on at step %d with %s"
                    .formatted(made, then.build(), step, serving.build()));
          }
        });
    return all;
  }

  /** Kind to {@code name, bundle version (content)}. */
  Map<String, String> inWords() {
    Map<String, String> words = new LinkedHashMap<>();
    components.forEach((kind, c) -> words.put(kind, "%s, %s".formatted(c.name(), c.build())));
    return words;
  }
}
