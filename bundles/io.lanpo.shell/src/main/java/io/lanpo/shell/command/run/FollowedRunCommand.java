package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.ProgressLine;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** A command that starts or continues a run and follows it to its end. */
abstract class FollowedRunCommand extends BaseCommand {
  @Option(
      names = "--dashboard",
      description =
          "Open the page on which the run is watched in a browser. It stays after the run, until"
              + " Ctrl-C.")
  private boolean dashboard;

  @Option(names = "--close", description = "With --dashboard: close the page when the run ends.")
  private boolean close;

  FollowedRunCommand(CommandContext context) {
    super(context);
  }

  /**
   * Follows a run.
   *
   * @return the exit code
   */
  final int follow(BiFunction<TrainingService, RunListener, RunHandle> start)
      throws InterruptedException {
    if (!dashboard) {
      if (close) {
        throw common.wrongUsage("--close goes with --dashboard");
      }
      return toItsEnd(start);
    }
    DashboardOpener page = new DashboardOpener(context);
    console().err().println("watch it at " + page.open());
    int code = toItsEnd(start);
    if (close) {
      page.close();
    } else if (!context.interactive() && !context.cancellation().cancelled()) {
      page.await("the page stays");
    }
    return code;
  }

  private int toItsEnd(BiFunction<TrainingService, RunListener, RunHandle> start)
      throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(console())) {
      RunHandle handle = start.apply(training.get(), progress);
      return new RunFollower(context, progress, common.json).follow(handle);
    }
  }
}
