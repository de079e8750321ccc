package io.lanpo.shell.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run show}. */
@Command(
    description = "Show one run: 'run show ID'.",
    synopsisSubcommandLabel = "show",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo run show ID", "  lanpo train RUN                       starts a run"})
final class RunCommand implements Callable<Integer> {
  @Mixin final Common common = new Common();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Nested.line(spec), "'run' shows a run with 'run show ID'; 'train RUN' starts one");
  }
}
