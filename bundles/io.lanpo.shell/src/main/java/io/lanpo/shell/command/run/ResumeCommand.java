package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume ID}. */
@Command(
    description = "Continue a stopped or interrupted run, or a finished one with more steps.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo runs                            shows the ids",
      "  lanpo resume ID                       a unique beginning of the id is enough",
      "  lanpo resume ID --set steps=200       so that it goes on until then, also a finished one",
      "  lanpo resume ID --checkpoint step-000040",
      "                                        from an older one, when the last is damaged"
    })
public final class ResumeCommand extends FollowedRunCommand {
  @Completes(Values.RUN)
  @Parameters(paramLabel = "ID", description = "The run's id or a unique beginning of it.")
  private String run = "";

  @Completes(Values.CHECKPOINT)
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "An older checkpoint of the run; what came after it is done again.")
  private String checkpoint = "";

  @Completes(Values.LENGTH_SETTING)
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another length of the run: steps, evaluation.patience; may be repeated.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  public ResumeCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    return follow((training, progress) -> training.resume(run, checkpoint, overrides, progress));
  }
}
