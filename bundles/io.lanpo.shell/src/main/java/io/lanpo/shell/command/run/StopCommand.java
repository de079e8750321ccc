package io.lanpo.shell.command.run;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.view.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code stop [ID]}. */
@Command(
    description = "Stop a run at its next step, with a checkpoint.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo stop                            the run in progress",
      "  lanpo stop ID                         one of several, also of another process"
    })
public final class StopCommand extends BaseCommand {
  @Completes(Values.RUN)
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The run's id or a unique beginning of it; not needed while only one runs.")
  private @Nullable String id;

  public StopCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      String chosen = id == null ? onlyOne(training.get().runs()) : id;
      RunSummary run = training.get().stop(chosen);
      if (common.json) {
        printJson(RunView.document(run));
      } else if (run.state() == RunState.RUNNING) {
        println(
            "%s was at step %d of %d and stops at its next step; resume with: lanpo resume %s"
                .formatted(run.id(), run.step(), run.steps(), run.id()));
      } else {
        println("%s is not in progress: it is %s".formatted(run.id(), Setting.word(run.state())));
      }
      return ExitCode.OK;
    }
  }

  private static String onlyOne(List<RunSummary> runs) {
    List<String> running =
        runs.stream().filter(r -> r.state() == RunState.RUNNING).map(RunSummary::id).toList();
    if (running.isEmpty()) {
      throw new UserException("no run is in progress", "'lanpo runs' lists all runs.");
    }
    if (running.size() > 1) {
      throw new UserException(
          "%d runs are in progress: %s".formatted(running.size(), String.join(", ", running)),
          "Name one: lanpo stop ID");
    }
    return running.get(0);
  }
}
