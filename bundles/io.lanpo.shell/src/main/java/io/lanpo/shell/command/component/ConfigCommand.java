package io.lanpo.shell.command.component;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Setting;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config [RUN]}. */
@Command(
    description = "List the run configurations, or explain every key of one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo config                          the names of the configurations",
      "  lanpo config micro                    the value of every key, and what else is allowed",
      "  lanpo config micro --markdown         the reference: every key with its default"
    })
public final class ConfigCommand extends BaseCommand {
  @Completes(Values.CONFIGURATION)
  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Name of a run configuration; without it, the names are listed.")
  private @Nullable String run;

  @Option(names = "--markdown", description = "Print the configuration reference as Markdown.")
  private boolean markdown;

  public ConfigCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      String name = run;
      if (name == null) {
        names(training.get().configurations());
        return ExitCode.OK;
      }
      Console console = console();
      if (markdown) {
        new ConfigReference(context.services(), context.installation().deploy())
            .lines(training.get(), name)
            .forEach(console.out()::println);
        return ExitCode.OK;
      }
      Map<String, String> values = training.get().values(name, Map.of());
      List<Setting<?>> settings =
          training.get().settings(name).stream().flatMap(s -> given(s, values)).toList();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("configuration", name);
        document.put("settings", settings.stream().map(s -> document(s, values)).toList());
        printJson(document);
      } else {
        print(settings, values, console);
      }
      return ExitCode.OK;
    }
  }

  private void names(List<String> names) {
    if (common.json) {
      printJson(Map.of("configurations", names));
    } else {
      names.forEach(n -> console().out().println(TerminalText.line(n)));
    }
  }

  /** Two lines a key, because three columns of prose fit no terminal. */
  private static void print(
      List<Setting<?>> settings, Map<String, String> values, Console console) {
    for (Setting<?> setting : settings) {
      String value = value(setting, values);
      String head = setting.key() + " = " + value;
      String otherwise =
          value.equals(setting.defaultValue())
              ? ""
              : "; default: "
                  + (setting.defaultValue().isEmpty() ? "(empty)" : setting.defaultValue());
      console.out().println(console.paint().heading(TerminalText.line(head.strip())));
      Table.facts()
          .row("", setting.description() + "; allowed: " + setting.allowed() + otherwise)
          .print(console);
    }
  }

  /** One that stands for any number of keys as those of them that are given, if any. */
  private static Stream<Setting<?>> given(Setting<?> setting, Map<String, String> values) {
    List<Setting<?>> given =
        setting.open()
            ? values.keySet().stream()
                .filter(setting::covers)
                .sorted()
                .<Setting<?>>map(setting::of)
                .toList()
            : List.of();
    return given.isEmpty() ? Stream.of(setting) : given.stream();
  }

  private static String value(Setting<?> setting, Map<String, String> values) {
    return Secrets.shown(setting.key(), values.getOrDefault(setting.key(), setting.defaultValue()));
  }

  private static Map<String, Object> document(Setting<?> setting, Map<String, String> values) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("key", setting.key());
    document.put("value", value(setting, values));
    document.put("type", Setting.word(setting.type()));
    document.put("default", setting.defaultValue());
    document.put("allowed", setting.allowed());
    document.put("unit", setting.unit());
    document.put("meaning", setting.description());
    return document;
  }
}
