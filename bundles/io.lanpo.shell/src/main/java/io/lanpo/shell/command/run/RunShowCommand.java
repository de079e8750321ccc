package io.lanpo.shell.command.run;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.RunNotes;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.view.HealthView;
import io.lanpo.shell.view.RunView;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run show ID}. */
@Command(
    description = "Show a run: its state, its components, its result.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo run show ID                     a unique beginning of the id is enough",
      "  lanpo run show ID --settings          with the resolved configuration"
    })
public final class RunShowCommand extends BaseCommand {
  @Completes(Values.RUN)
  @Parameters(paramLabel = "ID", description = "The run's id or a unique beginning of it.")
  private String id = "";

  @Option(names = "--settings", description = "Show the resolved configuration, too.")
  private boolean settings;

  public RunShowCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      RunSummary run = training.get().run(id);
      if (common.json) {
        Map<String, Object> document = RunView.document(run);
        document.put("components", new TreeMap<>(run.components()));
        document.put("settings", new TreeMap<>(run.settings()));
        RunResult result = run.result();
        if (result != null) {
          document.put("before", RunView.scores(result.before()));
          document.put("after", RunView.scores(result.after()));
        }
        printJson(document);
      } else {
        print(run, console());
      }
      return ExitCode.OK;
    }
  }

  private void print(RunSummary run, Console console) {
    HealthView.of(run).print(console);
    Table facts = Table.facts();
    facts.row("run", run.id()).row("configuration", run.configuration());
    facts.row("state", Setting.word(run.state()));
    if (!run.message().isEmpty()) {
      facts.row("", run.message());
    }
    facts.row("step", NumberFormats.count(run.step()) + " of " + NumberFormats.count(run.steps()));
    facts.row("started", RunView.started(run)).row("run folder", run.folder());
    facts.print(console);
    if (!run.notes().equals(RunNotes.NONE)) {
      console.out().println();
      RunView.notes(run).print(console);
    }
    console.out().println();
    Table components = new Table().column("kind").column("component").prose();
    new TreeMap<>(run.components()).forEach(components::row);
    components.print(console);
    RunResult result = run.result();
    if (result != null) {
      console.out().println();
      RunView.accuracy(result).print(console);
      console.out().println();
      RunView.costs(result).print(console);
    }
    if (settings) {
      console.out().println();
      Table resolved = new Table().column("key").column("value").prose();
      new TreeMap<>(run.settings()).forEach(resolved::row);
      resolved.print(console);
    }
  }
}
