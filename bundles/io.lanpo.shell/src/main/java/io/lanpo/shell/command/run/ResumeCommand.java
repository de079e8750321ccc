package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.ProgressLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume ID}. */
@Command(
    description = "Continue a stopped or interrupted run from its last checkpoint.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo runs                            shows the ids",
      "  lanpo resume ID                       a unique beginning of the id is enough"
    })
public final class ResumeCommand extends BaseCommand {
  @Parameters(paramLabel = "ID", description = "The run's id or a unique beginning of it.")
  private String run = "";

  @Option(
      names = "--dashboard",
      description = "Open the page on which the run is watched in a browser.")
  private boolean dashboard;

  public ResumeCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (dashboard) {
      console().err().println("watch it at " + new DashboardOpener(context).open());
    }
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(console())) {
      RunHandle handle = training.get().resume(run, progress);
      return new RunFollower(context, progress, common.json).follow(handle);
    }
  }
}
