package io.lanpo.shell.dispatch;

import io.lanpo.api.component.UserException;
import io.lanpo.shell.command.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code shell}. The launcher opens the shell; this explains it, and answers where it cannot be
 * opened.
 */
@Command(
    description = "Open an interactive shell: the same commands, and Tab completes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo shell",
      "  lanpo> train micro &                  a run in the background",
      "  lanpo> lb                             the bundles of the framework"
    })
final class ShellCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    throw new UserException(
        "a shell does not open inside of another command",
        "'lanpo shell' opens it, without options; in the shell itself just type the next command.");
  }
}
