package io.lanpo.shell.command.check;

import io.lanpo.api.component.Settings;
import io.lanpo.api.train.Benchmark;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Json;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench NAME}. */
@Command(
    description = "Measure a bundle's speed against the limits of this machine.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo bench policy",
      "  lanpo bench policy --model SmolLM2-135M --json > policy-speed.json"
    })
public final class BenchCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "NAME", description = "Name of a benchmark, e.g. policy.")
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting of the benchmark; may be repeated.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Checkpoint folder to measure; short for --set model=DIR.")
  private @Nullable String model;

  public BenchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<Benchmark> benchmark = context.services().named(Benchmark.class, name);
        ProgressLine progress = new ProgressLine(context.console())) {
      if (model != null) {
        overrides.put("model", model);
      }
      Settings settings = Settings.of("command line", benchmark.get().settings(), overrides);
      List<Benchmark.Figure> figures = benchmark.get().run(settings, progress);
      progress.close();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", name);
        document.put("settings", settings.asMap());
        document.put("figures", figures.stream().map(BenchCommand::document).toList());
        context.console().out().println(Json.of(document));
      } else {
        print(figures);
      }
      return ExitCode.OK;
    }
  }

  private void print(List<Benchmark.Figure> figures) {
    Table table = new Table().column("figure").number("median").column("unit").column("details");
    for (Benchmark.Figure figure : figures) {
      String details =
          new TreeMap<>(figure.details())
              .entrySet().stream()
                  .map(e -> e.getKey() + " " + NumberFormats.figure(e.getValue()))
                  .collect(Collectors.joining(", "));
      table.row(figure.name(), NumberFormats.figure(figure.value()), figure.unit(), details);
    }
    table.print(context.console());
  }

  private static Map<String, Object> document(Benchmark.Figure figure) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", figure.name());
    document.put("value", figure.value());
    document.put("unit", figure.unit());
    document.put("details", new TreeMap<>(figure.details()));
    return document;
  }
}
