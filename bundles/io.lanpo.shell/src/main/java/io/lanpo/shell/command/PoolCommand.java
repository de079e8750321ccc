package io.lanpo.shell.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pool stats|show|search}. */
@Command(
    description =
        "Look into the experience pool: 'pool stats', 'pool show ID', 'pool search \"text\"'.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool stats                      the pool of the newest run",
      "  lanpo pool search \"two trains\" --k 5",
      "  lanpo pool show ID --run RUN-ID"
    })
final class PoolCommand implements Callable<Integer> {
  @Mixin private final Common common = new Common();

  @Override
  public Integer call() {
    throw common.wrongUsage("'pool' needs one of stats, show, search");
  }
}
