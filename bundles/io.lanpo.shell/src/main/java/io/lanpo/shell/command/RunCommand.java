package io.lanpo.shell.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run show}. */
@Command(
    description = "Show one run: 'run show ID'.",
    synopsisSubcommandLabel = "show",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo run show ID", "  lanpo train RUN                       starts a run"})
final class RunCommand implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  @Override
  public Integer call() {
    throw common.wrongUsage("'run' shows a run with 'run show ID'; 'train RUN' starts one");
  }
}
