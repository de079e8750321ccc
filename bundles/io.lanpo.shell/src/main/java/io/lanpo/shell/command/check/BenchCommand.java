package io.lanpo.shell.command.check;

import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Settings;
import io.lanpo.api.train.RunListener;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.command.ExitCodes;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.terminal.Table;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench NAME}. */
@Command(
    description = "Measure how fast something is on this machine.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo bench policy --quick            a first figure within seconds",
      "  lanpo bench policy --model SmolLM2-135M --set policy.workers=2 --json > policy-speed.json",
      "  lanpo bench verifier --set verifier=code",
      "  lanpo bench pool                      beside RocksDB and H2 MVStore",
      "",
      "Ctrl-C ends it early; what was measured until then is printed."
    })
public final class BenchCommand extends BaseCommand {
  @Completes(Values.BENCHMARK)
  @Parameters(paramLabel = "NAME", description = "Name of a benchmark, e.g. policy.")
  private String name = "";

  @Completes(Values.BENCHMARK_SETTING)
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting of the benchmark; may be repeated.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Completes(Values.MODEL)
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Checkpoint folder or GGUF file to measure; short for --set model=DIR.")
  private @Nullable String model;

  @Option(
      names = "--quick",
      description =
          "Small workloads, once: everything within a minute; short for --set quick=true.")
  private boolean quick;

  public BenchCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (model != null) {
      overrides.put("model", model);
    }
    if (quick) {
      overrides.put(Benchmark.QUICK, "true");
    }
    try (ServiceHandle<Benchmark> held = context.services().named(Benchmark.class, name, "bench");
        ProgressLine progress = new ProgressLine(console())) {
      Benchmark benchmark = held.get();
      Settings settings =
          Settings.of("command line", benchmark.settings(Map.copyOf(overrides)), overrides);
      List<Benchmark.Figure> figures = benchmark.run(settings, saying(progress));
      progress.close();
      boolean interrupted = Thread.interrupted();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", name);
        document.put("complete", !interrupted);
        document.put("settings", Secrets.shown(settings.asMap()));
        document.put("figures", figures);
        printJson(document);
      } else if (!figures.isEmpty()) {
        print(figures);
      }
      if (interrupted) {
        progress.say("lanpo: interrupted; this is what was measured until then");
      }
      return interrupted ? ExitCodes.CANCELLED : ExitCode.OK;
    }
  }

  /** A first figure is said as soon as it is there; the medians are in the table. */
  private static RunListener saying(ProgressLine line) {
    Set<String> said = new HashSet<>();
    return progress -> {
      line.progressed(progress);
      if (!progress.figures().isEmpty() && said.add(progress.phase())) {
        String figures =
            progress.figures().entrySet().stream()
                .map(e -> NumberFormats.figure(e.getValue()) + " " + e.getKey())
                .collect(Collectors.joining(", "));
        line.say(progress.phase() + ": " + figures);
      }
    };
  }

  private void print(List<Benchmark.Figure> figures) {
    Table table =
        new Table()
            .column("figure")
            .folds()
            .number("median")
            .column("unit")
            .folds()
            .column("details")
            .prose()
            .optional(1);
    for (Benchmark.Figure figure : figures) {
      String details =
          figure.details().entrySet().stream()
              .map(e -> e.getKey() + " " + NumberFormats.figure(e.getValue()))
              .collect(Collectors.joining(", "));
      table.row(figure.name(), NumberFormats.figure(figure.value()), figure.unit(), details);
    }
    table.print(console());
  }
}
