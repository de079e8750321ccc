package io.lanpo.shell.command.check;

import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.Experiment;
import io.lanpo.api.experiment.ExperimentOutcome;
import io.lanpo.api.experiment.ExperimentOutcome.Cell;
import io.lanpo.api.experiment.ExperimentOutcome.Row;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code experiment NAME}. */
@Command(
    description = "Run variants of a run over seeds, compare them, and write a report.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo experiment lanpo-claims         goes on where it was stopped; Ctrl-C stops it",
      "  lanpo experiment lanpo-claims --variants grpo,lanpo --seeds 11,12",
      "  lanpo experiment lanpo-claims --set steps=10    a smaller one, with runs of its own",
      "  lanpo experiment lanpo-claims --report          from what is finished"
    })
public final class ExperimentCommand extends BaseCommand {
  @Completes(Values.EXPERIMENT)
  @Parameters(
      paramLabel = "NAME",
      description = "Name of an experiment, configs/experiment~NAME.cfg.")
  private String name = "";

  @Completes(Values.SETTING)
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key in every variant; may be repeated. It is an experiment of its own then.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "NAME",
      description = "Run these variants only.")
  private final List<String> variants = new ArrayList<>();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "SEED",
      description = "Take these seeds instead of those of the file.")
  private final List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Runs at once; by default as the file says.")
  private int processes;

  @Option(
      names = "--memory",
      paramLabel = "GB",
      description = "Memory that runs may take together; by default as the file says.")
  private double memory;

  @Option(names = "--report", description = "Run nothing; write the report from what is finished.")
  private boolean report;

  public ExperimentCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (processes < 0 || !(memory >= 0)) {
      throw common.wrongUsage("--processes and --memory cannot be negative");
    }
    ExperimentRequest request =
        new ExperimentRequest(name, overrides, variants, seeds, processes, (long) (memory * 1e9));
    try (ServiceHandle<Experiments> experiments = context.services().only(Experiments.class);
        ProgressLine progress = new ProgressLine(console())) {
      Experiment experiment = experiments.get().open(request);
      if (!report) {
        progress.say(
            "experiment in %s; Ctrl-C stops it, and the same command goes on"
                .formatted(experiment.folder()));
        context.cancellation().onCancel(experiment::requestStop);
      }
      ExperimentOutcome outcome = report ? experiment.report() : experiment.run(progress);
      progress.close();
      if (common.json) {
        printJson(document(outcome));
      } else {
        print(outcome);
      }
      boolean whole = outcome.finished() == outcome.planned() || report || !variants.isEmpty();
      if (!outcome.failures().isEmpty()) {
        throw new UserException(
            "%d run(s) failed: %s"
                .formatted(outcome.failures().size(), String.join("; ", outcome.failures())),
            "Fix the cause; the same command continues them. Their logs are in %s."
                .formatted(experiment.folder().resolve("logs")));
      }
      return whole && !context.cancellation().cancelled() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void print(ExperimentOutcome outcome) {
    Console console = console();
    Table table = new Table().column("variant").folds();
    for (Cell cell : outcome.rows().stream().limit(1).flatMap(r -> r.cells().stream()).toList()) {
      table = table.number("equal " + cell.budget());
    }
    table = table.number("seeds").optional(1);
    for (Row row : outcome.rows()) {
      table.row(
          Stream.of(
                  Stream.of(row.variant()),
                  row.cells().stream().map(c -> NumberFormats.score(c.mean(), c.se())),
                  row.cells().stream().limit(1).map(c -> NumberFormats.count(c.seeds())))
              .flatMap(cells -> cells)
              .toArray());
    }
    table.print(console);
    console.out().println();
    Table.facts()
        .row(
            "runs finished",
            "%s of %s"
                .formatted(
                    NumberFormats.count(outcome.finished()),
                    NumberFormats.count(outcome.planned())))
        .row("report", outcome.html())
        .row("as text", outcome.markdown())
        .print(console);
  }

  private static Map<String, Object> document(ExperimentOutcome outcome) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", outcome.name());
    document.put("runs", outcome.planned());
    document.put("finished", outcome.finished());
    document.put("failures", outcome.failures());
    Map<String, Object> variants = new LinkedHashMap<>();
    for (Row row : outcome.rows()) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (Cell cell : row.cells()) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mean", cell.mean());
        figures.put("se", cell.se());
        figures.put("seeds", cell.seeds());
        cells.put(cell.budget(), figures);
      }
      variants.put(row.variant(), cells);
    }
    document.put("variants", variants);
    document.put("html", outcome.html().toString());
    document.put("markdown", outcome.markdown().toString());
    return document;
  }
}
