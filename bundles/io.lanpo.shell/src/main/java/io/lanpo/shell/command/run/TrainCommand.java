package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train RUN}. */
@Command(
    description = "Train a policy as a run configuration says, and show what it learned.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo train micro                     from random weights to a table, in minutes",
      "  lanpo train micro --set seed=7 --set steps=60",
      "  lanpo train micro --dashboard         with a page to watch it on, until Ctrl-C",
      "  lanpo train micro --dashboard --close until the run ends",
      "  lanpo train micro-grpo --json > grpo.json",
      "  lanpo train math --set model=DIR --set data=FILE",
      "  lanpo config micro                    every key that --set accepts"
    })
public final class TrainCommand extends FollowedRunCommand {
  @Completes(Values.CONFIGURATION)
  @Parameters(paramLabel = "RUN", description = "Name of a run configuration.")
  private String run = "";

  @Completes(Values.SETTING)
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the configuration; may be repeated. The last part of a key is enough"
              + " where only one key ends with it.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  public TrainCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    return follow((training, progress) -> training.start(run, overrides, progress));
  }
}
