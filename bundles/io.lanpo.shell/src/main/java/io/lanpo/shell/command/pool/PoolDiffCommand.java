package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.pool.PoolDifference;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool diff A B}. */
@Command(
    description =
        "Compare two pools, entry by entry; the exit code is 0 when they hold the same, else 1.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool diff arith arith-copy      two shared pools",
      "  lanpo pool diff RUN-ID /backup/pool   a run's pool and a folder"
    })
public final class PoolDiffCommand extends BaseCommand {
  @Completes(Values.POOL_OR_RUN)
  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A pool: the name of a shared one, a folder, or the id of a run.")
  private String a = "";

  @Completes(Values.POOL_OR_RUN)
  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String b = "";

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many differences of a kind to name; 5 by default.")
  private int k;

  public PoolDiffCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (k < 0) {
      throw common.wrongUsage("--k = %d is not allowed; give 0 or more".formatted(k));
    }
    PoolFinder finder = new PoolFinder(context);
    PoolLocation placeA = finder.find(a);
    PoolLocation placeB = finder.find(b);
    finder.demand(placeA);
    finder.demand(placeB);
    if (placeA.folder().toAbsolutePath().equals(placeB.folder().toAbsolutePath())) {
      throw new UserException(
          "%s and %s are the same pool, in %s".formatted(a, b, placeA.folder()), "Name two pools.");
    }
    try (OpenPool openA = finder.open(placeA);
        OpenPool openB = finder.open(placeB)) {
      PoolDifference difference = PoolDifference.of(openA.pool(), openB.pool(), k);
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("equal", difference.none());
        document.put("a", placeA.folder().toString());
        document.put("b", placeB.folder().toString());
        document.put("experiences", document(difference.experiences()));
        document.put("lessons", document(difference.lessons()));
        printJson(document);
      } else {
        print(difference, placeA.folder(), placeB.folder());
      }
      return difference.none() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void print(PoolDifference difference, Path folderA, Path folderB) {
    Console console = console();
    Table.facts().row("A", folderA).row("B", folderB).print(console);
    console.out().println();
    Table counts =
        new Table()
            .column("")
            .number("in both, same")
            .number("changed")
            .number("only in A")
            .number("only in B");
    row(counts, "experiences", difference.experiences());
    row(counts, "lessons", difference.lessons());
    counts.print(console);
    list("experiences", difference.experiences());
    list("lessons", difference.lessons());
    console.out().println();
    console.out().println(difference.none() ? "They hold the same." : "They differ.");
  }

  private static void row(Table counts, String what, PoolDifference.Part part) {
    counts.row(
        what,
        NumberFormats.count(part.same()),
        NumberFormats.count(part.changed().count()),
        NumberFormats.count(part.onlyA().count()),
        NumberFormats.count(part.onlyB().count()));
  }

  private void list(String what, PoolDifference.Part part) {
    list(what + ", changed", part.changed());
    list(what + ", only in A", part.onlyA());
    list(what + ", only in B", part.onlyB());
  }

  private void list(String heading, PoolDifference.Found found) {
    if (found.first().isEmpty()) {
      return;
    }
    Console console = console();
    console.out().println();
    console.out().println(console.paint().heading(heading));
    found.first().forEach(each -> console.out().println("  " + TerminalText.line(each)));
    long more = found.count() - found.first().size();
    if (more > 0) {
      console.out().println("  and %s more".formatted(NumberFormats.count(more)));
    }
  }

  private static Map<String, Object> document(PoolDifference.Part part) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("same", part.same());
    document.put("changed", document(part.changed()));
    document.put("onlyInA", document(part.onlyA()));
    document.put("onlyInB", document(part.onlyB()));
    return document;
  }

  private static Map<String, Object> document(PoolDifference.Found found) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("count", found.count());
    document.put("first", found.first());
    return document;
  }
}
