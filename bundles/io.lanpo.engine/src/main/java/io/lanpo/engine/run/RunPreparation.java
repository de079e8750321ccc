package io.lanpo.engine.run;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.task.Task;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.method.GoldCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a configuration into pinned components and checked settings, and opens what a run needs.
 */
final class RunPreparation {
  private static final String COMMAND_LINE = "--set";

  private final ComponentRegistry registry;
  private final Path sharedPools;

  /**
   * @param sharedPools folder of the pools that runs share
   */
  RunPreparation(ComponentRegistry registry, Path sharedPools) {
    this.registry = registry;
    this.sharedPools = sharedPools;
  }

  /**
   * Components and settings of a configuration.
   *
   * @param components pinned; to be closed
   * @param settings checked, component settings included
   */
  record Resolved(PinnedComponents components, Settings settings) {}

  /**
   * Pins the components a configuration names and checks every key against what they declare.
   *
   * @param origin where the values were written, for messages
   * @param values the file's values
   * @param overrides values on top of them; blamed on the command line when they are wrong
   */
  Resolved resolve(
      String run, String origin, Map<String, String> values, Map<String, String> overrides) {
    Map<String, String> merged = new HashMap<>(values);
    merged.putAll(overrides);
    Map<ComponentKind, String> names = new EnumMap<>(ComponentKind.class);
    boolean overridden = false;
    for (ComponentKind kind : ComponentKind.values()) {
      names.put(kind, merged.getOrDefault(kind.key(), kind.defaultName()));
      overridden |= overrides.containsKey(kind.key());
    }
    PinnedComponents components =
        registry.pin(run, names, overridden ? origin + " with " + COMMAND_LINE : origin);
    try {
      List<Setting> declared = declared(components);
      Settings.of(COMMAND_LINE, declared, overrides);
      return new Resolved(components, Settings.of(origin, declared, merged));
    } catch (RuntimeException e) {
      components.close();
      throw e;
    }
  }

  /** Every setting of a run with these components. */
  static List<Setting> declared(PinnedComponents components) {
    List<Setting> all = new ArrayList<>(RunSettings.DECLARED);
    for (ComponentKind kind : ComponentKind.values()) {
      all.addAll(kind.settingsOf(components.pin(kind).instance()));
    }
    return all;
  }

  /** Opens the task, checks its gold answers, opens the pool. */
  PreparedRun open(RunFolder folder, Resolved resolved) {
    PinnedComponents components = resolved.components();
    Settings settings = resolved.settings();
    long seed = settings.wide("seed");
    Task task =
        components
            .task()
            .open(PreparedRun.of(ComponentKind.TASK, components.task(), settings), seed);
    GoldCheck.check(
        task,
        components.pin(ComponentKind.TASK).name(),
        components.verifier(),
        components.pin(ComponentKind.VERIFIER).name());
    String shared = settings.text("pool.name");
    ExperiencePool pool =
        components
            .pool()
            .open(
                shared.isEmpty() ? folder.pool() : sharedPools.resolve(shared),
                PreparedRun.of(ComponentKind.POOL, components.pool(), settings));
    return PreparedRun.open(folder, settings, components, task, pool);
  }
}
