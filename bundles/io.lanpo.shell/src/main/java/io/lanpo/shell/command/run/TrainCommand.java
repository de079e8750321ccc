package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.ProgressLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class TrainCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private final CommonOptions common = new CommonOptions();

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
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (dashboard) {
      context.console().err().println("watch it at " + new DashboardOpener(context).open());
    }
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(context.console())) {
      RunHandle handle = training.get().start(run, overrides, progress);
      return new RunFollower(context, progress, common.json).follow(handle);
    }
  }
}
