package io.lanpo.shell.command.pool;

import io.lanpo.shell.command.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pool stats}, {@code pool search} and the others. */
@Command(
    description = "Look into an experience pool, compare it, write it to a file and read it back.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool stats                      the pool of the newest run",
      "  lanpo pool search \"two trains\" --k 5",
      "  lanpo pool show ID --run RUN-ID",
      "  lanpo pool export memory.jsonl"
    })
public final class PoolCommand {
  @Mixin final CommonOptions common = new CommonOptions();
}
