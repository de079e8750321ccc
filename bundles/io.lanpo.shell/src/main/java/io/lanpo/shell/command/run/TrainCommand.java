package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.ProgressLine;
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
      "  lanpo train micro --dashboard         with a page to watch it on",
      "  lanpo train micro-grpo --json > grpo.json",
      "  lanpo train smollm2-svamp --set model=DIR --set data=FILE",
      "  lanpo config micro                    every key that --set accepts"
    })
public final class TrainCommand extends BaseCommand {
  @Parameters(paramLabel = "RUN", description = "Name of a run configuration.")
  private String run = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the configuration; may be repeated. The last part of a key is enough"
              + " where only one key ends with it.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--dashboard",
      description = "Open the page on which the run is watched in a browser.")
  private boolean dashboard;

  public TrainCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (dashboard) {
      console().err().println("watch it at " + new DashboardOpener(context).open());
    }
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(console())) {
      RunHandle handle = training.get().start(run, overrides, progress);
      return new RunFollower(context, progress, common.json).follow(handle);
    }
  }
}
