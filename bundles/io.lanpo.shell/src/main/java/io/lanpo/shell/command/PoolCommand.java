package io.lanpo.shell.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
  @Mixin final Common common = new Common();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(Nested.line(spec), "'pool' needs one of stats, show, search");
  }
}
