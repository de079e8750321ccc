package io.lanpo.shell.command.run;

import io.lanpo.api.dashboard.Dashboard;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code dashboard}. */
@Command(
    description = "Open a page with runs, curves, rollouts, components and pools for a browser.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo dashboard                       until Ctrl-C; it shows runs of other processes, too",
      "  lanpo train micro --dashboard         from the beginning of a run",
      "  lanpo dashboard --port 8000",
      "  lanpo dashboard --host 0.0.0.0        for other machines, which need the token in the address"
    })
public final class DashboardCommand extends BaseCommand {
  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Port to listen on, 0 for any; by default 7077, or another one when that is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = Dashboard.LOOPBACK,
      description =
          "Name or address to listen on; by default 127.0.0.1, which only this machine can reach.")
  private String host = "";

  @Option(names = "--close", description = "In a shell: close the page again.")
  private boolean close;

  public DashboardCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    DashboardOpener door = new DashboardOpener(context);
    if (close) {
      door.close();
      return ExitCode.OK;
    }
    Integer at = port;
    if (at != null && (at < 0 || at > 65535)) {
      throw common.wrongUsage("--port = %d is not allowed; give 0 to 65535".formatted(at));
    }
    URI address = at == null ? door.open(host) : door.open(host, at);
    if (common.json) {
      printJson(Map.of("address", address.toString()));
    } else {
      println("the page is at " + address);
    }
    console().out().flush();
    if (!context.interactive()) {
      door.await("the page stays open");
    }
    return ExitCode.OK;
  }
}
