package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunNotes;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.view.RunView;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** A command that changes what is said about a run, in {@code notes.json} of its folder. */
abstract class NotingCommand extends BaseCommand {
  @Completes(Values.RUN)
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The run's id or a unique beginning of it.")
  private String id = "";

  NotingCommand(CommandContext context) {
    super(context);
  }

  /**
   * Changes it and prints what is said now.
   *
   * @return the exit code
   */
  final int change(UnaryOperator<RunNotes> change) throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      RunSummary before = training.get().run(id);
      RunSummary run = training.get().note(id, change.apply(before.notes()));
      if (common.json) {
        printJson(RunView.document(run));
      } else {
        RunView.notes(run).print(console());
      }
      return ExitCode.OK;
    }
  }
}
