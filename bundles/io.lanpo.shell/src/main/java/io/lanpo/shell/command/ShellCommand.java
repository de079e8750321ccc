package io.lanpo.shell.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code shell}. */
@Command(
    description = "Open an interactive shell: the same commands, Tab completes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo shell",
      "  lanpo> train micro &                  a run in the background",
      "  lanpo> lb                             the bundles of the framework"
    })
final class ShellCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin final Common common = new Common();

  ShellCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    invocation.shell().open();
    return ExitCode.OK;
  }
}
