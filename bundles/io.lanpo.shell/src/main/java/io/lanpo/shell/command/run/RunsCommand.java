package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.view.RunView;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code runs}. */
@Command(
    description = "List all runs, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo runs",
      "  lanpo runs --json | jq -r '.runs[] | select(.state == \"finished\").run'"
    })
public final class RunsCommand extends BaseCommand {
  public RunsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      List<RunSummary> runs = training.get().runs();
      Console console = console();
      if (common.json) {
        printJson(Map.of("runs", runs.stream().map(RunView::document).toList()));
      } else if (runs.isEmpty()) {
        console.out().println("There is no run yet. Start one with: lanpo train micro");
      } else {
        RunView.table(runs, console.paint()).print(console);
        RunView.printDamage(runs, console);
      }
      return ExitCode.OK;
    }
  }
}
