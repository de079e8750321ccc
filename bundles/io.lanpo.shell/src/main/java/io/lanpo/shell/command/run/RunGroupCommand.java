package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run group ID NAME}. */
@Command(
    description = "Put a run into a group, which the page lists together.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo run group ID ablation-1",
      "  lanpo run group ID ''                 in no group any more"
    })
public final class RunGroupCommand extends NotingCommand {
  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "Letters, digits and . _ + = -; empty for none.")
  private String name = "";

  public RunGroupCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    return change(notes -> notes.withGroup(name));
  }
}
