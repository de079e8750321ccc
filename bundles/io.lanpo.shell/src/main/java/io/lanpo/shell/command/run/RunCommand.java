package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run show}, {@code tag}, {@code note} and {@code group}. */
@Command(
    description = "Show one run, or say something about it: 'run show ID'.",
    synopsisSubcommandLabel = "show | tag | note | group",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo run show ID",
      "  lanpo run tag ID baseline",
      "  lanpo train RUN                       starts a run"
    })
public final class RunCommand {
  @Mixin final CommonOptions common = new CommonOptions();
}
