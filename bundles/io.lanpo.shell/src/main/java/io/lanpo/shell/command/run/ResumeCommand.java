package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume ID}. */
@Command(
    description = "Continue a stopped or interrupted run from its last checkpoint.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo runs                            shows the ids",
      "  lanpo resume ID                       a unique beginning of the id is enough",
      "  lanpo resume ID --checkpoint step-000040",
      "                                        from an older one, when the last is damaged"
    })
public final class ResumeCommand extends FollowedRunCommand {
  @Parameters(paramLabel = "ID", description = "The run's id or a unique beginning of it.")
  private String run = "";

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "An older checkpoint of the run; what came after it is done again.")
  private String checkpoint = "";

  public ResumeCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    return follow((training, progress) -> training.resume(run, checkpoint, progress));
  }
}
