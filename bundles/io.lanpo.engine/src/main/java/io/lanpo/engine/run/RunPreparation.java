package io.lanpo.engine.run;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.task.Task;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.config.ShortKeys;
import io.lanpo.engine.config.WrittenValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a configuration into pinned components and checked settings, and opens what a run needs.
 */
final class RunPreparation {
  private static final String COMMAND_LINE = "--set";

  private final ComponentRegistry registry;
  private final Path sharedPools;
  private final Path refusedAnswers;

  /**
   * @param var folder of what runs share: pools in {@code pools}; in {@code gold-answers} the lists
   *     of gold answers for which a run was refused
   */
  RunPreparation(ComponentRegistry registry, Path var) {
    this.registry = registry;
    this.sharedPools = var.resolve("pools");
    this.refusedAnswers = var.resolve("gold-answers");
  }

  /**
   * Components and settings of a configuration.
   *
   * @param components pinned; to be closed
   * @param settings checked, component settings included
   * @param overrides what was set on top of the files, by full keys
   */
  record Resolved(PinnedComponents components, Settings settings, Map<String, String> overrides) {}

  /**
   * Pins the components a configuration names and checks every key against what they declare.
   *
   * @param files where the values were written, the most general first
   * @param overrides values on top of them; blamed on the command line when they are wrong. A key
   *     may be shortened to its last part
   */
  Resolved resolve(String run, List<WrittenValues> files, Map<String, String> overrides) {
    List<WrittenValues> places = new ArrayList<>(files);
    places.add(new WrittenValues(COMMAND_LINE, overrides));
    PinnedComponents components = registry.pin(run, named(places, files.get(files.size() - 1)));
    try {
      List<Setting> declared = declared(components);
      Map<String, String> full = ShortKeys.inFull(COMMAND_LINE, declared, overrides);
      places.set(files.size(), new WrittenValues(COMMAND_LINE, full));
      places.forEach(place -> check(place, declared));
      Settings settings = Settings.of("run", declared, WrittenValues.merged(places));
      return new Resolved(components, settings, full);
    } catch (RuntimeException e) {
      components.close();
      throw e;
    }
  }

  private static void check(WrittenValues place, List<Setting> declared) {
    RunSettings.RENAMED.forEach(
        (old, now) -> {
          if (place.values().containsKey(old)) {
            throw new UserException(
                "%s: unknown key %s = %s".formatted(place.origin(), old, place.values().get(old)),
                "Did you mean %s?".formatted(now));
          }
        });
    Settings.of(place.origin(), declared, place.values());
  }

  /** Which component is asked for, and where; an optional kind may be left out. */
  private static List<ComponentRegistry.Wanted> named(
      List<WrittenValues> places, WrittenValues file) {
    List<ComponentRegistry.Wanted> wanted = new ArrayList<>();
    for (ComponentKind kind : ComponentKind.values()) {
      String name = kind.defaultName();
      String origin = file.origin();
      for (WrittenValues place : places) {
        if (place.values().containsKey(kind.key())) {
          name = place.values().get(kind.key());
          origin = place.origin();
        }
      }
      if (!kind.optional() || !name.isBlank()) {
        wanted.add(new ComponentRegistry.Wanted(kind, name, origin));
      }
    }
    return wanted;
  }

  /** Every setting of a run with these components. */
  static List<Setting> declared(PinnedComponents components) {
    List<Setting> all = new ArrayList<>(RunSettings.DECLARED);
    components.all().forEach(pin -> all.addAll(pin.kind().settingsOf(pin.instance())));
    return all;
  }

  /** Opens the task, checks its gold answers, opens the pool. */
  PreparedRun open(RunFolder folder, Resolved resolved) {
    return open(folder, resolved, folder.droppedProblems(), folder.begun());
  }

  /**
   * As {@link #open(RunFolder, Resolved)}, perhaps with another task than the run's.
   *
   * @param dropped where the problems are listed that are left out
   * @param begun whether that list is fixed
   */
  PreparedRun open(RunFolder folder, Resolved resolved, Path dropped, boolean begun) {
    SecondPolicy.check(resolved);
    PinnedComponents components = resolved.components();
    Settings settings = resolved.settings();
    long seed = settings.wide("seed");
    Task task =
        components
            .task()
            .open(PreparedRun.of(ComponentKind.TASK, components.task(), settings), seed);
    Task checked =
        new CheckedTask(
                components.pin(ComponentKind.TASK).name(),
                components.pin(ComponentKind.VERIFIER).name(),
                components.verifier(),
                RunSettings.goldAnswers(settings))
            .check(
                task,
                dropped,
                begun,
                refusedAnswers.resolve(folder.path().getFileName() + ".jsonl"));
    String shared = settings.text("pool.name");
    ExperiencePool pool =
        components
            .pool()
            .open(
                shared.isEmpty() ? folder.pool() : sharedPools.resolve(shared),
                PreparedRun.of(ComponentKind.POOL, components.pool(), settings));
    return PreparedRun.open(folder, settings, components, checked, pool);
  }
}
