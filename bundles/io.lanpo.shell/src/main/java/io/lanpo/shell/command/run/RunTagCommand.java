package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommandContext;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run tag ID TAG...}. */
@Command(
    description = "Give a run tags, by which it is found in lists and on the page.",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo run tag ID baseline paper", "  lanpo run tag ID paper --remove"})
public final class RunTagCommand extends NotingCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TAG",
      description = "Letters, digits and . _ + = -")
  private final List<String> tags = new ArrayList<>();

  @Option(names = "--remove", description = "Take these tags away.")
  private boolean remove;

  public RunTagCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    return change(
        notes -> {
          List<String> changed = new ArrayList<>(notes.tags());
          changed.removeAll(tags);
          if (!remove) {
            changed.addAll(tags);
          }
          return notes.withTags(changed);
        });
  }
}
