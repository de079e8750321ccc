package io.lanpo.engine.run.preparation;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolChoice;
import io.lanpo.api.task.Task;
import io.lanpo.api.train.Installation;
import io.lanpo.engine.call.GoldAnswerCheck;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.ConfigurationSource;
import io.lanpo.engine.config.MetricsSettings;
import io.lanpo.engine.config.ModelPlace;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.config.RunSettings.Contaminated;
import io.lanpo.engine.config.RunSettings.GoldAnswers;
import io.lanpo.engine.config.ShortKeys;
import io.lanpo.engine.config.TextSettings;
import io.lanpo.engine.run.components.ComponentPins;
import io.lanpo.engine.run.components.PinnedComponents;
import io.lanpo.engine.run.folder.Contamination;
import io.lanpo.engine.run.folder.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a configuration into pinned components and checked settings, and opens what a run needs.
 */
public final class RunPreparation {
  private static final Logger LOG = LoggerFactory.getLogger(RunPreparation.class);
  private static final String COMMAND_LINE = "--set";

  private final ComponentPins pins;
  private final Installation installation;
  private final Path refusedAnswers;

  /**
   * @param installation its folder {@code var} gets the lists of gold answers for which a run was
   *     refused
   */
  public RunPreparation(ComponentPins pins, Installation installation) {
    this.pins = pins;
    this.installation = installation;
    this.refusedAnswers = installation.var().resolve("gold-answers");
  }

  /**
   * Pins the components a configuration names and checks every key against what they declare.
   *
   * @param files where the values were written, the most general first
   * @param overrides values on top of them; blamed on the command line when they are wrong. A key
   *     may be shortened to its last part
   */
  public ResolvedConfiguration resolve(
      String run, List<ConfigurationSource> files, Map<String, String> overrides) {
    List<ConfigurationSource> written = new ArrayList<>(files);
    written.add(new ConfigurationSource(COMMAND_LINE, overrides));
    PinnedComponents components = pins.pin(run, named(written, files.get(files.size() - 1)));
    try {
      List<Setting<?>> declared = declared(components);
      Map<String, String> full = ShortKeys.inFull(COMMAND_LINE, declared, overrides);
      List<ConfigurationSource> places = withoutReplaced(files, declared, overrides);
      places.add(new ConfigurationSource(COMMAND_LINE, full));
      places.forEach(place -> refuseOptions(place, declared, components));
      places.forEach(place -> Settings.of(place.origin(), declared, place.values()));
      places.forEach(place -> new PoolChoice(place.values()).checkName(place.origin()));
      Settings settings = Settings.of("run", declared, ConfigurationSource.merged(places));
      return new ResolvedConfiguration(components, settings, full, Map.of(), Map.of());
    } catch (RuntimeException e) {
      components.close();
      throw e;
    }
  }

  /**
   * Of a component that {@code --set} replaces, what files say stays where the new one knows the
   * setting, too, such as a task's {@code task.prompt}, and is left out where it does not, such as
   * the micro policy's {@code policy.workers}. In a run and in an evaluation alike.
   */
  private static List<ConfigurationSource> withoutReplaced(
      List<ConfigurationSource> files, List<Setting<?>> declared, Map<String, String> overrides) {
    List<ComponentKind> replaced =
        ComponentKind.replaced(ConfigurationSource.merged(files), overrides);
    List<ConfigurationSource> kept = new ArrayList<>();
    for (ConfigurationSource file : files) {
      Map<String, String> values = new HashMap<>(file.values());
      values
          .keySet()
          .removeIf(
              key ->
                  declared.stream().noneMatch(setting -> setting.covers(key))
                      && replaced.stream().anyMatch(kind -> key.startsWith(kind.prefix())));
      kept.add(new ConfigurationSource(file.origin(), values));
    }
    return kept;
  }

  /**
   * The same with what the policies' backends choose for this machine in place of what leaves them
   * the choice. Closes the components when it fails.
   *
   * @param model the folder of the policy that is to be opened; empty for a new one
   */
  public static ResolvedConfiguration chosen(ResolvedConfiguration resolved, String model) {
    try {
      Settings settings = resolved.settings();
      Map<String, String> reasons = new LinkedHashMap<>();
      Map<String, String> asked = new LinkedHashMap<>();
      for (ComponentKind kind : List.of(ComponentKind.POLICY, ComponentKind.TEXT)) {
        String folder = kind == ComponentKind.POLICY ? model : settings.get(TextSettings.MODEL);
        PinnedComponents components = resolved.components();
        // what is not there is refused later, in the words of whoever wants it
        if (!components.has(kind) || !folder.isEmpty() && Files.notExists(Path.of(folder))) {
          continue;
        }
        PolicyBackend backend =
            kind == ComponentKind.POLICY ? components.policy() : components.text();
        Map<String, String> values = new LinkedHashMap<>();
        backend
            .choices(
                Optional.of(folder).filter(f -> !f.isEmpty()).map(Path::of),
                settings.under(kind.prefix()))
            .forEach(
                choice -> {
                  values.put(kind.prefix() + choice.key(), choice.value());
                  if (!choice.reason().isEmpty()) {
                    reasons.put(kind.prefix() + choice.key(), choice.reason());
                  }
                });
        for (String key : values.keySet()) {
          asked.put(key, settings.asMap().get(key));
        }
        settings = settings.with(values);
      }
      return new ResolvedConfiguration(
          resolved.components(), settings, resolved.overrides(), reasons, asked);
    } catch (RuntimeException e) {
      resolved.components().close();
      throw e;
    }
  }

  /** Options of strategies, filters and verifiers stand in files of their own, not in a run. */
  private static void refuseOptions(
      ConfigurationSource place, List<Setting<?>> declared, PinnedComponents components) {
    for (Map.Entry<String, String> given : place.values().entrySet()) {
      String key = given.getKey();
      for (ComponentKind kind : ComponentKind.values()) {
        if (kind.hasOwnFile()
            && !kind.many()
            && key.startsWith(kind.prefix())
            && declared.stream().noneMatch(s -> s.key().equals(key))) {
          throw new UserException(
              "%s: unknown key %s = %s".formatted(place.origin(), key, given.getValue()),
              "Options of the %s '%s' stand in a file of its own, configs/PID.cfg; 'lanpo config RUN --markdown'"
                      .formatted(kind.title(), components.pin(kind).name())
                  + " lists these files and their keys.");
        }
      }
    }
  }

  /** Which component is asked for, and where; an optional kind may be left out. */
  private static List<ComponentPins.Request> named(
      List<ConfigurationSource> places, ConfigurationSource file) {
    List<ComponentPins.Request> wanted = new ArrayList<>();
    for (ComponentKind kind : ComponentKind.values()) {
      if (!kind.many()) {
        ComponentPins.Request request = named(kind, places, file);
        if (!kind.optional() || !request.name().isBlank()) {
          wanted.add(request);
        }
      }
    }
    return wanted;
  }

  private static ComponentPins.Request named(
      ComponentKind kind, List<ConfigurationSource> places, ConfigurationSource file) {
    String name = kind.defaultName();
    String origin = file.origin();
    for (ConfigurationSource place : places) {
      if (place.values().containsKey(kind.key())) {
        name = place.values().get(kind.key());
        origin = place.origin();
      }
    }
    return new ComponentPins.Request(kind, name, origin);
  }

  /**
   * Pins the metrics sinks of a run, which hold with its components.
   *
   * @param run the run's id
   * @param begins whether the run is yet to begin: then it is refused where one does not serve; a
   *     run that goes on does so without it, and says so
   */
  public void pinSinks(
      ResolvedConfiguration resolved, String run, List<ConfigurationSource> files, boolean begins) {
    List<ConfigurationSource> places = new ArrayList<>(files);
    places.add(new ConfigurationSource(COMMAND_LINE, resolved.overrides()));
    ComponentPins.Request list =
        named(ComponentKind.METRICS_SINKS, places, files.get(files.size() - 1));
    try {
      for (String name : MetricsSettings.names(list.origin(), list.name())) {
        ComponentPins.Request request = new ComponentPins.Request(list.kind(), name, list.origin());
        try {
          resolved.components().hold(pins.pin(run, request));
        } catch (UserException e) {
          if (begins) {
            throw e;
          }
          LOG.warn("run {} goes on without a metrics sink: {}", run, e.getMessage());
        }
      }
    } catch (RuntimeException e) {
      resolved.components().close();
      throw e;
    }
  }

  /** Every setting of a run with these components. */
  public static List<Setting<?>> declared(PinnedComponents components) {
    List<Setting<?>> all = new ArrayList<>(RunSettings.DECLARED);
    components
        .all()
        .forEach(
            pin ->
                all.addAll(new Named<>(pin.instance(), pin.title()).ask(pin.kind()::settingsOf)));
    return all;
  }

  /** Opens the task, checks its gold answers, opens the pool. */
  public PreparedRun open(RunFolder folder, ResolvedConfiguration resolved) {
    return open(folder, resolved, folder.droppedProblems(), folder.begun());
  }

  /**
   * As {@link #open(RunFolder, ResolvedConfiguration)}, perhaps with another task than the run's.
   *
   * @param dropped where the problems are listed that are left out
   * @param begun whether that list is fixed
   */
  public PreparedRun open(
      RunFolder folder, ResolvedConfiguration resolved, Path dropped, boolean begun) {
    requireAuxiliaryModel(resolved);
    PinnedComponents components = resolved.components();
    ContaminationCheck.Outcome clean = clean(resolved, contaminated(folder, resolved));
    Task checked =
        new CheckedTask(
                components.pin(ComponentKind.TASK).name(),
                components.pin(ComponentKind.VERIFIER).name(),
                components.verifier(),
                RunSettings.goldAnswers(resolved.settings()))
            .check(
                clean.task(),
                dropped,
                begun,
                refusedAnswers.resolve(folder.path().getFileName() + ".jsonl"));
    return opened(folder, resolved, checked, clean.found());
  }

  /**
   * As {@link #open(RunFolder, ResolvedConfiguration)}, with all problems: no gold answer is
   * judged, which may take long.
   */
  public PreparedRun openUnjudged(RunFolder folder, ResolvedConfiguration resolved) {
    requireAuxiliaryModel(resolved);
    ContaminationCheck.Outcome clean =
        clean(resolved, RunSettings.contaminated(resolved.settings()));
    return opened(folder, resolved, clean.task(), clean.found());
  }

  /**
   * The problems of a task with what the checks before a run find.
   *
   * @param task without problems that contamination leaves out; with those that are refused
   * @param found what training and held-out problems have in common
   * @param refusals problems whose gold answer the verifier does not accept
   */
  public record JudgedTask(
      Task task, Contamination found, List<GoldAnswerCheck.Refusal> refusals) {}

  /** Opens the task and makes the checks; what they find is for the caller to weigh. */
  public JudgedTask judge(ResolvedConfiguration resolved) {
    Settings settings = resolved.settings();
    ContaminationCheck.Outcome clean = clean(resolved, RunSettings.contaminated(settings));
    boolean unanswered = RunSettings.goldAnswers(settings) == GoldAnswers.DROP_WRONG;
    return new JudgedTask(
        clean.task(),
        clean.found(),
        new GoldAnswerCheck(resolved.components().verifier(), unanswered).refusals(clean.task()));
  }

  private static ContaminationCheck.Outcome clean(
      ResolvedConfiguration resolved, Contaminated answer) {
    Settings settings = resolved.settings();
    Task task =
        resolved
            .components()
            .task()
            .open(settings.under(ComponentKind.TASK.prefix()), settings.get(RunSettings.SEED));
    return new ContaminationCheck(answer).check(task);
  }

  private PreparedRun opened(
      RunFolder folder, ResolvedConfiguration resolved, Task task, Contamination found) {
    PinnedComponents components = resolved.components();
    Settings settings = resolved.settings();
    ExperiencePool pool =
        components
            .pool()
            .open(
                new PoolChoice(settings.asMap()).folder(folder.path(), installation.sharedPools()),
                settings.under(ComponentKind.POOL.prefix()));
    try {
      return PreparedRun.open(folder, settings, components, task, found, pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** A run that an older version began knows no such setting, and has learned from all problems. */
  private static Contaminated contaminated(RunFolder folder, ResolvedConfiguration resolved) {
    String key = RunSettings.CONTAMINATION.key();
    boolean told =
        !folder.begun()
            || folder.record().settings().containsKey(key)
            || resolved.overrides().containsKey(key);
    return told ? RunSettings.contaminated(resolved.settings()) : Contaminated.KEEP;
  }

  /** Refuses a policy for text without a folder to open it from, before anything is opened. */
  private static void requireAuxiliaryModel(ResolvedConfiguration resolved) {
    PinnedComponents components = resolved.components();
    if (!components.has(ComponentKind.TEXT)) {
      return;
    }
    String name = components.pin(ComponentKind.TEXT).name();
    String folder = resolved.settings().get(TextSettings.MODEL);
    if (folder.isEmpty()) {
      throw new UserException(
          "text = %s, but %s is empty".formatted(name, TextSettings.MODEL.key()),
          ("Name the folder of its checkpoint, or of tokenizer.json, tokenizer_config.json and config.json of"
                  + " the model that its server has: --set %s=DIR.")
              .formatted(TextSettings.MODEL.key()));
    }
    ModelPlace.existing(
        TextSettings.MODEL.key(),
        folder,
        "Name the folder with the tokenizer of the policy for text, or leave text empty.");
  }
}
