package io.lanpo.shell.command;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.ProgressLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume ID}. */
@Command(
    description = "Take up a stopped or interrupted run from its last checkpoint.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo runs                            shows the ids",
      "  lanpo resume ID                       a unique beginning of the id is enough"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "ID", description = "The run's id or a unique beginning of it.")
  private String run = "";

  @Option(
      names = "--dashboard",
      description = "Open the page on which the run is watched in a browser.")
  private boolean dashboard;

  ResumeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (dashboard) {
      invocation.console().err().println("watch it at " + new DashboardDoor(invocation).open());
    }
    try (Held<TrainingService> training = invocation.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(invocation.console())) {
      RunHandle handle = training.get().resume(run, progress);
      return new RunFollower(invocation, progress, common.json).follow(handle);
    }
  }
}
