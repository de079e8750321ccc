package io.lanpo.shell.command.component;

import io.lanpo.shell.command.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dev swap}. */
@Command(
    description = "Build a bundle and put it in the place of the one that serves.",
    synopsisSubcommandLabel = "swap",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo dev swap io.lanpo.reflection    a bundle of this checkout",
      "  lanpo dev swap ../my-critique         a project of your own",
      "  lanpo dev swap target/critique.jar    a jar that is built already"
    })
public final class DevCommand {
  @Mixin final CommonOptions common = new CommonOptions();
}
