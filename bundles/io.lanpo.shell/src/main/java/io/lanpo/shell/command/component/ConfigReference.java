package io.lanpo.shell.command.component;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackPlanner;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Schedule;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.task.TaskSource;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.service.Services;
import io.lanpo.shell.terminal.TerminalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration reference as Markdown: every key of a run, with the settings of the components
 * that a configuration names and of those that could take their place, and the files in which
 * components have options of their own.
 */
final class ConfigReference {
  private static final String RUN = "";
  private static final List<String> PLURAL =
      List.of("task", "policy", "pool", "planner", "attempts", "lessons", "objective", "schedule");

  /** Kinds whose components share most of their settings: what differs is enough. */
  private static final List<String> ALIKE = List.of("planner", "objective", "schedule");

  private final Services services;
  private final Path deploy;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param deploy folder of bundles beside the product's
   */
  ConfigReference(Services services, Path deploy) {
    this.services = services;
    this.deploy = deploy;
  }

  /** The lines of the reference, seen from a configuration. */
  List<String> lines(TrainingService training, String configuration) throws InterruptedException {
    text(
        "# Configuration reference",
        "Printed by `lanpo config %s --markdown` from what the code declares; a test keeps this page as it is printed."
            .formatted(configuration));
    String deployed = deployed();
    if (!deployed.isEmpty()) {
      text(
          "It was printed where the folder for deployed bundles holds %s: what these declare is in it, too."
              .formatted(deployed));
    }
    text(
        "## Runs: `io.lanpo.run~NAME.cfg`",
        "UTF-8 text with lines `key = value`; `#` begins a comment. `extends = OTHER` inherits what"
            + " `io.lanpo.run~OTHER.cfg` says. `lanpo train NAME --set key=value` overrides a key"
            + " for one run; there the last part of a key is enough where only one key ends with it"
            + " (`data` for `task.data`). A key that is not listed here and a value that is not"
            + " allowed are refused. A default holds where no file sets the key; `lanpo config"
            + " NAME` shows the resulting values of a configuration.");
    Map<String, String> values = training.values(configuration, Map.of());
    Map<String, List<Setting<?>>> groups = groups(training.settings(configuration));
    groups.forEach(
        (group, settings) -> {
          if (!PLURAL.contains(group)) {
            text(group.equals(RUN) ? "### The run" : "### `%s.…`".formatted(group));
            table(settings);
          }
        });
    component("task", TaskSource.class, TaskSource::settings, groups, values);
    component("policy", PolicyBackend.class, PolicyBackend::settings, groups, values);
    component("pool", PoolStore.class, PoolStore::settings, groups, values);
    component("planner", FeedbackPlanner.class, FeedbackPlanner::settings, groups, values);
    component("attempts", AttemptSelector.class, AttemptSelector::settings, groups, values);
    component("lessons", LessonSelector.class, LessonSelector::settings, groups, values);
    component("objective", Objective.class, Objective::settings, groups, values);
    component("schedule", Schedule.class, Schedule::settings, groups, values);
    try (ServiceHandle<ComponentCatalogue> catalogue = services.only(ComponentCatalogue.class)) {
      files(catalogue.get().files());
    }
    return lines;
  }

  /** The bundles that are not the product's, as Markdown; empty when there are none. */
  private String deployed() {
    try (Stream<Path> files = Files.isDirectory(deploy) ? Files.list(deploy) : Stream.of()) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .map(ConfigReference::code)
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, List<Setting<?>>> groups(List<Setting<?>> settings) {
    Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      int dot = setting.key().indexOf('.');
      String group = dot < 0 ? RUN : setting.key().substring(0, dot);
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(setting);
    }
    return groups;
  }

  /** The component that the configuration names, then what differs in the others of its kind. */
  private <T> void component(
      String kind,
      Class<T> type,
      Function<T, List<Setting<?>>> declared,
      Map<String, List<Setting<?>>> groups,
      Map<String, String> values)
      throws InterruptedException {
    String named = values.getOrDefault(kind, "");
    if (groups.containsKey(kind)) {
      text("### `%1$s.…` with `%1$s = %2$s`".formatted(kind, named));
      table(groups.getOrDefault(kind, List.of()));
    }
    for (String other : services.names(type)) {
      if (!other.equals(named)) {
        try (ServiceHandle<T> held = services.named(type, other, kind)) {
          List<Setting<?>> all =
              declared.apply(held.get()).stream()
                  .<Setting<?>>map(s -> s.prefixed(kind + "."))
                  .toList();
          if (ALIKE.contains(kind)) {
            alike(kind, named, other, all, named(groups, kind));
          } else if (!all.isEmpty()) {
            text("### `%1$s.…` with `%1$s = %2$s`".formatted(kind, other));
            table(all);
          }
        }
      }
    }
  }

  /** What a component has that the named one has not, or otherwise, and what it lacks. */
  private void alike(
      String kind, String named, String other, List<Setting<?>> all, List<Setting<?>> those) {
    List<Setting<?>> own = all.stream().filter(s -> !those.contains(s)).toList();
    List<String> keys = all.stream().<String>map(Setting::key).toList();
    List<String> lacking =
        those.stream().<String>map(Setting::key).filter(key -> !keys.contains(key)).toList();
    if (own.isEmpty() && lacking.isEmpty()) {
      return;
    }
    text("### `%1$s.…` with `%1$s = %2$s`".formatted(kind, other));
    if (all.isEmpty()) {
      text("It has no settings.");
      return;
    }
    String without =
        lacking.isEmpty()
            ? ""
            : " without %s"
                .formatted(
                    lacking.stream().map(ConfigReference::code).collect(Collectors.joining(", ")));
    String end = own.isEmpty() ? "." : lacking.isEmpty() ? ", but for:" : ", and with:";
    text("As with `%s = %s`%s%s".formatted(kind, named, without, end));
    if (!own.isEmpty()) {
      table(own);
    }
  }

  private static List<Setting<?>> named(Map<String, List<Setting<?>>> groups, String kind) {
    return groups.getOrDefault(kind, List.of());
  }

  private void files(List<ComponentFile> files) {
    if (files.isEmpty()) {
      return;
    }
    text(
        "## Components: a file each",
        "A component reads its options from a file with its name, `key = value` as above. A file"
            + " `PID~NAME.cfg` makes one more of a component `PID`, by the name NAME (or by the"
            + " `lanpo.name` in it), beside the component under its own name. Where the name below"
            + " has a `~NAME`, there is none without such a file. An edited file is in effect at"
            + " once; a run that holds the component of a file `PID.cfg` stops at its next step.");
    for (ComponentFile file : files) {
      text("### `%s`".formatted(file.name()));
      row("Key", "Default", "Allowed", "Meaning");
      row("---", "---", "---", "---");
      for (Setting<?> option : file.options()) {
        boolean required = file.required().contains(option.key());
        row(
            code(option.key()),
            required ? "(required)" : code(option.defaultValue()),
            option.allowed(),
            option.description());
      }
      lines.add("");
    }
    lines.remove(lines.size() - 1);
  }

  private void text(String... paragraphs) {
    for (String paragraph : paragraphs) {
      lines.add(paragraph);
      lines.add("");
    }
  }

  private void table(List<Setting<?>> settings) {
    row("Key", "Default", "Allowed", "Unit", "Meaning");
    row("---", "---", "---", "---", "---");
    for (Setting<?> setting : settings) {
      String unit = setting.unit();
      row(
          code(setting.key()),
          code(setting.defaultValue()),
          setting.allowed().replace(" (" + unit + ")", ""),
          unit,
          setting.description());
    }
    lines.add("");
  }

  private void row(String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(TerminalText.line(cell).replace("|", "\\|")).append(" |");
    }
    lines.add(row.toString());
  }

  private static String code(String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }
}
