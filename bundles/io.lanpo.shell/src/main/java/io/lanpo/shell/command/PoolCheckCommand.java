package io.lanpo.shell.command;

import io.lanpo.api.pool.PoolReport;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.Amounts;
import io.lanpo.shell.view.Console;
import io.lanpo.shell.view.Inert;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code pool check}. */
@Command(
    description =
        "Read every entry of a pool that nobody has open, and change none; the exit code is 1 when"
            + " something is damaged.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool check                      the pool of the newest run",
      "  lanpo pool check --pool arith --json"
    })
final class PoolCheckCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final Common common = new Common();
  @Mixin private final PoolChoice choice = new PoolChoice();

  PoolCheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    PoolFinder finder = new PoolFinder(invocation);
    PoolPlace place = finder.find(choice);
    PoolFinder.demand(place);
    try (Held<PoolStore> store = finder.store(place)) {
      PoolReport report = store.get().check(place.folder());
      List<String> problems = report.problems();
      String rebuild = problems.isEmpty() ? "" : rebuild(finder, place);
      Console console = invocation.console();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", place.folder().toString());
        document.put("experiences", report.experiences());
        document.put("lessons", report.lessons());
        document.put("problems", problems);
        document.put("rebuild", rebuild);
        console.out().println(Json.of(document));
      } else {
        print(report, place, rebuild, console);
      }
      return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private static void print(PoolReport report, PoolPlace place, String rebuild, Console console) {
    Table.facts()
        .row("readable experiences", Amounts.count(report.experiences()))
        .row("readable lessons", Amounts.count(report.lessons()))
        .row("folder", place.folder())
        .print(console);
    console.out().println();
    if (report.problems().isEmpty()) {
      console.out().println("Nothing is damaged.");
      return;
    }
    console.out().println(console.paint().heading("damaged"));
    report.problems().forEach(p -> console.out().println("  " + Inert.line(p)));
    console.out().println();
    console.out().println("What the runs have logged makes the pool anew, and keeps this one:");
    console.out().println("  " + Inert.line(rebuild));
  }

  /** The command that makes the pool anew from the logs of the runs that use it. */
  private String rebuild(PoolFinder finder, PoolPlace place) throws InterruptedException {
    List<String> logs = finder.users(place.folder()).stream().map(Common::quoted).toList();
    return "lanpo pool rebuild %s --pool %s --force"
        .formatted(
            logs.isEmpty() ? "RUN-FOLDER…" : String.join(" ", logs),
            Common.quoted(place.folder().toString()));
  }
}
