package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.view.RunView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code status}. */
@Command(
    description = "Show the runs in progress, in this and in other processes.",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo status", "  lanpo status --json | jq '.running | length'"})
public final class StatusCommand extends BaseCommand {
  public StatusCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      List<RunSummary> runs = training.get().runs();
      List<RunSummary> running = runs.stream().filter(r -> r.state() == RunState.RUNNING).toList();
      List<RunSummary> open = runs.stream().filter(StatusCommand::resumable).toList();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", context.version());
        document.put("home", context.installation().home().toString());
        document.put("running", running.stream().map(RunView::document).toList());
        document.put("resumable", open.stream().map(RunView::document).toList());
        document.put("runs", runs.size());
        printJson(document);
      } else {
        print(running, open, runs.size());
      }
      return ExitCode.OK;
    }
  }

  private static boolean resumable(RunSummary run) {
    return switch (run.state()) {
      case STOPPED, INTERRUPTED, FAILED -> true;
      case RUNNING, FINISHED, DAMAGED -> false;
    };
  }

  private void print(List<RunSummary> running, List<RunSummary> open, int all) {
    Console console = console();
    if (running.isEmpty()) {
      console.out().println("No run is in progress. Start one with: lanpo train micro");
    } else {
      RunView.table(running, console.paint()).print(console);
    }
    if (!open.isEmpty()) {
      console.out().println();
      console.out().println("Can be continued with 'lanpo resume ID':");
      RunView.table(open, console.paint()).print(console);
    }
    console.out().println();
    console.out().println("%d run(s) in all; 'lanpo runs' lists them.".formatted(all));
  }
}
