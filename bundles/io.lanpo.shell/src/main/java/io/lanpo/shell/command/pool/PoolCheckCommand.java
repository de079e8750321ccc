package io.lanpo.shell.command.pool;

import io.lanpo.api.pool.PoolReport;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code pool check}. */
@Command(
    description =
        "Read every entry of a pool that no process has open, without changing it; the exit code is"
            + " 1 when something is damaged.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool check                      the pool of the newest run",
      "  lanpo pool check --pool arith --json"
    })
public final class PoolCheckCommand extends BaseCommand {
  @Mixin private final PoolOptions choice = new PoolOptions();

  public PoolCheckCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    PoolFinder finder = new PoolFinder(context);
    PoolLocation place = finder.find(choice);
    finder.demand(place);
    try (ServiceHandle<PoolStore> store = finder.store(place)) {
      PoolReport report = store.get().check(place.folder());
      List<String> problems = report.problems();
      String rebuild = problems.isEmpty() ? "" : rebuild(finder, place);
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", place.folder().toString());
        document.put("experiences", report.experiences());
        document.put("lessons", report.lessons());
        document.put("problems", problems);
        document.put("rebuild", rebuild);
        printJson(document);
      } else {
        print(report, place, rebuild, console());
      }
      return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private static void print(
      PoolReport report, PoolLocation place, String rebuild, Console console) {
    Table.facts()
        .row("readable experiences", NumberFormats.count(report.experiences()))
        .row("readable lessons", NumberFormats.count(report.lessons()))
        .row("folder", place.folder())
        .print(console);
    console.out().println();
    if (report.problems().isEmpty()) {
      console.out().println("Nothing is damaged.");
      return;
    }
    console.out().println(console.paint().heading("damaged"));
    report.problems().forEach(p -> console.out().println("  " + TerminalText.line(p)));
    console.out().println();
    console.out().println("To rebuild the pool from what the runs have logged, keeping this one:");
    console.out().println("  " + TerminalText.line(rebuild));
  }

  /** The command that rebuilds the pool from the logs of the runs that use it. */
  private String rebuild(PoolFinder finder, PoolLocation place) throws InterruptedException {
    List<String> logs = finder.users(place.folder()).stream().map(CommonOptions::quoted).toList();
    return "lanpo pool rebuild %s --pool %s --force"
        .formatted(
            logs.isEmpty() ? "RUN-FOLDER…" : String.join(" ", logs),
            CommonOptions.quoted(place.folder().toString()));
  }
}
