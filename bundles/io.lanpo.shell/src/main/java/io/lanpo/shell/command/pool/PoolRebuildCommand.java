package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.RunLog;
import io.lanpo.api.train.RunLogs;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool rebuild ROLLOUTS…}. */
@Command(
    description = "Rebuild a pool from what runs have logged, such as after damage.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool rebuild runs/ID/rollouts.jsonl --run ID --force     the run's own pool",
      "  lanpo pool rebuild runs/*/rollouts.jsonl --pool everything     one pool of all runs",
      "  lanpo pool diff ID everything                                  what is different"
    })
public final class PoolRebuildCommand extends BaseCommand {
  @Mixin private final PoolOptions choice = new PoolOptions();

  @Completes(Values.FILE)
  @Parameters(
      paramLabel = "ROLLOUTS",
      arity = "1..*",
      description =
          "The rollouts.jsonl of a run, or the run's folder. Runs are taken in the order in which"
              + " they began.")
  private final List<Path> paths = new ArrayList<>();

  @Option(
      names = "--force",
      description = "Put the new pool in the place of one that is there; that one is kept beside.")
  private boolean force;

  public PoolRebuildCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.checkTarget(common);
    PoolFinder finder = new PoolFinder(context);
    PoolLocation place = finder.find(choice);
    refuse(finder, place);
    try (ServiceHandle<RunLogs> service = context.services().only(RunLogs.class)) {
      List<RunLog> logs =
          paths.stream()
              .map(service.get()::open)
              .sorted(Comparator.comparing(RunLog::started).thenComparing(RunLog::run))
              .toList();
      try (FolderReplacement replacement = FolderReplacement.of(place.folder())) {
        Map<String, RunLog.Replayed> replayed = new LinkedHashMap<>();
        PoolStats stats = replay(finder, place, logs, replacement.beside(), replayed);
        report(place, replayed, stats, replacement.commit());
      }
      return ExitCode.OK;
    }
  }

  /**
   * Fills a new pool.
   *
   * @param replayed takes what each log held
   */
  private PoolStats replay(
      PoolFinder finder,
      PoolLocation place,
      List<RunLog> logs,
      Path folder,
      Map<String, RunLog.Replayed> replayed)
      throws InterruptedException {
    RunSummary user = place.user();
    Map<String, String> settings =
        user == null ? logs.get(logs.size() - 1).settings() : user.settings();
    try (OpenPool open = finder.openOrMake(folder, settings, choice.settings)) {
      for (RunLog log : logs) {
        if (replayed.put(log.run(), log.replay(open.pool())) != null) {
          throw new UserException(
              "run %s is named twice".formatted(log.run()), "Name every run once.");
        }
      }
      return open.pool().stats();
    }
  }

  /** Refuses a folder that is not empty, and a pool that a run is using. */
  private void refuse(PoolFinder finder, PoolLocation place) throws InterruptedException {
    if (!place.occupied()) {
      return;
    }
    if (!force) {
      throw new UserException(
          "%s is not empty".formatted(place.folder()),
          "Name another pool, or give --force: the old one is then kept beside.");
    }
    try (ServiceHandle<PoolStore> store = finder.store(place)) {
      if (!store.get().holds(place.folder())) {
        throw new UserException(
            "%s is not empty, and there is no pool in it".formatted(place.folder()),
            "Name a pool, or a new folder; what is no pool is not replaced.");
      }
    }
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      for (RunSummary run : training.get().runs()) {
        if (run.state() == RunState.RUNNING && finder.uses(run, place.folder())) {
          throw new UserException(
              "run %s is training with the pool in %s".formatted(run.id(), place.folder()),
              "Stop it first: lanpo stop %s".formatted(run.id()));
        }
      }
    }
  }

  private void report(
      PoolLocation place,
      Map<String, RunLog.Replayed> replayed,
      PoolStats stats,
      @Nullable Path kept) {
    Console console = console();
    long experiences = replayed.values().stream().mapToLong(RunLog.Replayed::experiences).sum();
    long lessons = replayed.values().stream().mapToLong(RunLog.Replayed::lessons).sum();
    List<String> gaps = replayed.values().stream().flatMap(r -> r.gaps().stream()).toList();
    if (common.json) {
      Map<String, Object> runs = new LinkedHashMap<>();
      replayed.forEach(
          (run, r) ->
              runs.put(run, Map.of("experiences", r.experiences(), "lessons", r.lessons())));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("folder", place.folder().toString());
      document.put("experiences", stats.experiences());
      document.put("lessons", stats.lessons());
      document.put("runs", runs);
      document.put("gaps", gaps);
      document.put("kept", kept == null ? null : kept.toString());
      printJson(document);
      return;
    }
    Table table = new Table().column("run").number("experiences").number("lessons");
    replayed.forEach(
        (run, r) ->
            table.row(run, NumberFormats.count(r.experiences()), NumberFormats.count(r.lessons())));
    table.print(console);
    console.out().println();
    say("The pool is in " + place.folder());
    if (stats.experiences() < experiences || stats.lessons() < lessons) {
      say(
          "It holds %s experiences and %s lessons: others made room, as pool.capacity, pool.lessons and pool.eviction say."
              .formatted(
                  NumberFormats.count(stats.experiences()), NumberFormats.count(stats.lessons())));
    }
    if (kept != null) {
      say("What was there is now in " + kept);
    }
    gaps.forEach(gap -> say("Note: " + gap));
  }

  private void say(String sentence) {
    println(TerminalText.line(sentence));
  }
}
