package io.lanpo.shell.command;

import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.Console;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.RunView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code runs}. */
@Command(
    description = "List all runs, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo runs",
      "  lanpo runs --json | jq -r '.runs[] | select(.state == \"finished\").run'"
    })
final class RunsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final Common common = new Common();

  RunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Held<TrainingService> training = invocation.services().only(TrainingService.class)) {
      List<RunSummary> runs = training.get().runs();
      Console console = invocation.console();
      if (common.json) {
        console
            .out()
            .println(Json.of(Map.of("runs", runs.stream().map(RunView::document).toList())));
      } else if (runs.isEmpty()) {
        console.out().println("There is no run yet. Start one with: lanpo train micro");
      } else {
        RunView.table(runs, console.paint()).print(console);
      }
      return ExitCode.OK;
    }
  }
}
