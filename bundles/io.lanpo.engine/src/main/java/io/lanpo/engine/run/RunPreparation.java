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
import java.util.List;
import java.util.Map;

/**
 * Turns a configuration into pinned components and checked settings, and opens what a run needs.
 */
final class RunPreparation {
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
   */
  Resolved resolve(String run, String origin, Map<String, String> values) {
    Map<ComponentKind, String> names = new EnumMap<>(ComponentKind.class);
    for (ComponentKind kind : ComponentKind.values()) {
      names.put(kind, values.getOrDefault(kind.key(), kind.defaultName()));
    }
    PinnedComponents components = registry.pin(run, names, origin);
    try {
      return new Resolved(components, Settings.of(origin, declared(components), values));
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
