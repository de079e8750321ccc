package io.lanpo.shell.command;

import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.RunView;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stop [ID]}. */
@Command(
    description = "Stop a run at its next step, with a checkpoint.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo stop                            the run that is under way",
      "  lanpo stop ID                         one of several, also of another process"
    })
final class StopCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final Common common = new Common();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The run's id or a unique beginning of it; not needed while only one runs.")
  private @Nullable String id;

  StopCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Held<TrainingService> training = invocation.services().only(TrainingService.class)) {
      String chosen = id == null ? onlyOne(training.get().runs()) : id;
      RunSummary run = training.get().stop(chosen);
      if (common.json) {
        invocation.console().out().println(Json.of(RunView.document(run)));
      } else if (run.state() == RunState.RUNNING) {
        invocation
            .console()
            .out()
            .println(
                "%s was at step %d of %d and stops at its next step; resume with: lanpo resume %s"
                    .formatted(run.id(), run.step(), run.steps(), run.id()));
      } else {
        invocation
            .console()
            .out()
            .println(
                "%s is not under way: it is %s".formatted(run.id(), RunView.word(run.state())));
      }
      return ExitCode.OK;
    }
  }

  private static String onlyOne(List<RunSummary> runs) {
    List<String> running =
        runs.stream().filter(r -> r.state() == RunState.RUNNING).map(RunSummary::id).toList();
    if (running.isEmpty()) {
      throw new UserException("no run is under way", "'lanpo runs' lists all runs.");
    }
    if (running.size() > 1) {
      throw new UserException(
          "%d runs are under way: %s".formatted(running.size(), String.join(", ", running)),
          "Name one: lanpo stop ID");
    }
    return running.get(0);
  }
}
