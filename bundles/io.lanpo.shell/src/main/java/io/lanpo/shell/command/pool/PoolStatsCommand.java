package io.lanpo.shell.command.pool;

import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code pool stats}. */
@Command(
    description = "Show how much a pool holds, and from which runs.",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo pool stats", "  lanpo pool stats --run ID --json"})
public final class PoolStatsCommand extends BaseCommand {
  @Mixin private final PoolOptions choice = new PoolOptions();

  public PoolStatsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    try (OpenPool open = new PoolFinder(context).open(choice)) {
      PoolStats stats = open.pool().stats();
      Map<String, Long> lessons = new TreeMap<>();
      long shown = 0;
      for (StoredLesson lesson : open.pool().lessons()) {
        lessons.merge(lesson.run(), 1L, Long::sum);
        shown += open.pool().use(lesson.lesson().text()).shown() > 0 ? 1 : 0;
      }
      Console console = console();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", open.folder().toString());
        document.put("experiences", stats.experiences());
        document.put("lessons", stats.lessons());
        document.put("problems", stats.problems());
        document.put("capacity", stats.capacity());
        document.put("bytes", stats.bytes());
        document.put("perRun", new TreeMap<>(stats.perRun()));
        document.put("lessonsPerRun", lessons);
        document.put("lessonsShown", shown);
        printJson(document);
        return ExitCode.OK;
      }
      Table.facts()
          .row("experiences", NumberFormats.count(stats.experiences()))
          .row(
              "lessons",
              "%s, of which %s have been shown"
                  .formatted(NumberFormats.count(stats.lessons()), NumberFormats.count(shown)))
          .row("problems", NumberFormats.count(stats.problems()))
          .row(
              "capacity",
              "%s experiences, %s full"
                  .formatted(
                      NumberFormats.count(stats.capacity()),
                      NumberFormats.share((double) stats.experiences() / stats.capacity())))
          .row("size on disk", NumberFormats.bytes(stats.bytes()))
          .row("folder", open.folder())
          .print(console);
      console.out().println();
      Table runs = new Table().column("run").number("experiences").number("lessons");
      Set<String> names = new TreeSet<>(stats.perRun().keySet());
      names.addAll(lessons.keySet());
      for (String run : names) {
        runs.row(
            run,
            NumberFormats.count(stats.perRun().getOrDefault(run, 0L)),
            NumberFormats.count(lessons.getOrDefault(run, 0L)));
      }
      runs.print(console);
      return ExitCode.OK;
    }
  }
}
