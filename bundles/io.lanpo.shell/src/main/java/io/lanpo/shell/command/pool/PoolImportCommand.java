package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.pool.PoolEntry;
import io.lanpo.shell.pool.PoolFile;
import io.lanpo.shell.pool.PoolImport;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool import FILE}. */
@Command(
    description = "Add to a pool what an exported file has and the pool has not.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool import memory.jsonl --pool arith     a shared pool; made when it is not there",
      "  lanpo pool import memory.jsonl --run ID         the pool that a run uses",
      "  lanpo train micro --set pool.name=arith         a run that starts with it"
    })
public final class PoolImportCommand extends BaseCommand {
  @Mixin private final PoolOptions choice = new PoolOptions();

  @Completes(Values.FILE)
  @Parameters(paramLabel = "FILE", description = "A file that 'pool export' wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--force",
      description = "Import although the pool is too small and others make room.")
  private boolean force;

  public PoolImportCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.checkTarget(common);
    PoolFile source = new PoolFile(file);
    Set<String> ids = new HashSet<>();
    // every line is checked before the pool is touched
    source.forEach(
        entry -> {
          if (entry instanceof PoolEntry.ExperienceEntry) {
            ids.add(entry.id());
          }
        });
    PoolFinder finder = new PoolFinder(context);
    PoolLocation place = finder.find(choice);
    try (OpenPool open = finder.openOrMake(place)) {
      PoolStats before = open.pool().stats();
      long fresh = ids.stream().filter(id -> open.pool().experience(id).isEmpty()).count();
      long tooMany = fresh == 0 ? 0 : Math.max(0, before.experiences() + fresh - before.capacity());
      if (tooMany > 0 && !force) {
        throw new UserException(
            "the pool in %s holds %s of at most %s experiences; %s new ones would push out %s"
                .formatted(
                    place.folder(),
                    NumberFormats.count(before.experiences()),
                    NumberFormats.count(before.capacity()),
                    NumberFormats.count(fresh),
                    NumberFormats.count(tooMany)),
            "Enlarge it with --set capacity=%d, which the runs that use it need as pool.capacity too, or give --force."
                .formatted(before.experiences() + fresh));
      }
      PoolImport taken = new PoolImport(open.pool());
      source.forEach(taken::add);
      taken.finish();
      PoolStats after = open.pool().stats();
      report(
          place,
          taken,
          before.experiences() + taken.experiences().added() - after.experiences(),
          before.lessons() + taken.lessons().added() - after.lessons());
      return ExitCode.OK;
    }
  }

  /**
   * @param evicted experiences that the store has removed to make room
   * @param evictedLessons lessons likewise
   */
  private void report(PoolLocation place, PoolImport taken, long evicted, long evictedLessons) {
    Console console = console();
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("folder", place.folder().toString());
      document.put("experiences", document(taken.experiences()));
      document.put("lessons", document(taken.lessons()));
      document.put("evicted", evicted);
      document.put("evictedLessons", evictedLessons);
      printJson(document);
      return;
    }
    Table table = new Table().column("").number("added").number("skipped").number("different");
    row(table, "experiences", taken.experiences());
    row(table, "lessons", taken.lessons());
    table.print(console);
    console.out().println();
    console.out().println(TerminalText.line("The pool is in " + place.folder()));
    if (taken.experiences().different() + taken.lessons().different() > 0) {
      console
          .out()
          .println("Different: the pool has another entry under the same id, which it has kept.");
    }
    if (evicted + evictedLessons > 0) {
      console
          .out()
          .println(
              "%s experiences and %s lessons made room."
                  .formatted(NumberFormats.count(evicted), NumberFormats.count(evictedLessons)));
    }
  }

  private static void row(Table table, String what, PoolImport.Tally tally) {
    table.row(
        what,
        NumberFormats.count(tally.added()),
        NumberFormats.count(tally.skipped()),
        NumberFormats.count(tally.different()));
  }

  private static Map<String, Object> document(PoolImport.Tally tally) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("added", tally.added());
    document.put("skipped", tally.skipped());
    document.put("different", tally.different());
    return document;
  }
}
