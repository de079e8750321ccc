package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run note ID TEXT}. */
@Command(
    description = "Write a note on a run, in the place of the one before.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo run note ID 'reviews collapse after step 30'",
      "  lanpo run note ID ''                  no note any more"
    })
public final class RunNoteCommand extends NotingCommand {
  @Parameters(index = "1", paramLabel = "TEXT", description = "The note; empty for none.")
  private String text = "";

  public RunNoteCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    return change(notes -> notes.withNote(text.strip()));
  }
}
