package io.lanpo.shell.command.run;

import io.lanpo.shell.command.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run show}. */
@Command(
    description = "Show one run: 'run show ID'.",
    synopsisSubcommandLabel = "show",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo run show ID", "  lanpo train RUN                       starts a run"})
public final class RunCommand {
  @Mixin final CommonOptions common = new CommonOptions();
}
