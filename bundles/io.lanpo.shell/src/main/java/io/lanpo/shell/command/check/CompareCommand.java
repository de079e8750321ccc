package io.lanpo.shell.command.check;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.view.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code compare RUN RUN…}. */
@Command(
    description = "Show how runs differ: settings, components, results.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo compare ID ID                   unique beginnings of the ids are enough",
      "  lanpo compare ID ID ID --json | jq .settings"
    })
public final class CompareCommand extends BaseCommand {
  private static final String NONE = "-";

  @Completes(Values.RUN)
  @Parameters(paramLabel = "RUN", arity = "2..*", description = "Ids of two or more runs.")
  private List<String> ids = new ArrayList<>();

  public CompareCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      List<RunSummary> runs = ids.stream().map(id -> run(training.get(), id)).toList();
      if (runs.stream().map(RunSummary::id).distinct().count() < runs.size()) {
        throw new UserException(
            "run %s is named twice".formatted(runs.get(0).id()), "Name different runs.");
      }
      Map<String, List<String>> settings = differing(runs, RunSummary::settings);
      Map<String, List<String>> components = differing(runs, RunSummary::components);
      if (common.json) {
        printJson(document(runs, settings, components));
      } else {
        print(runs, settings, components);
      }
      return ExitCode.OK;
    }
  }

  /** A run; one that cannot be read is shown as such, beside the others. */
  private static RunSummary run(TrainingService training, String id) {
    try {
      return training.run(id);
    } catch (UserException e) {
      List<RunSummary> damaged =
          training.runs().stream()
              .filter(run -> run.state() == RunState.DAMAGED && run.id().startsWith(id))
              .toList();
      if (damaged.size() == 1) {
        return damaged.get(0);
      }
      throw e;
    }
  }

  /** Keys whose values are not the same in all runs, with the value of each. */
  private static Map<String, List<String>> differing(
      List<RunSummary> runs, Function<RunSummary, Map<String, String>> values) {
    TreeSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(values.apply(run).keySet()));
    List<RunSummary> whole = whole(runs);
    Map<String, List<String>> differing = new LinkedHashMap<>();
    for (String key : keys) {
      if (column(key, whole, values).stream().distinct().count() > 1) {
        differing.put(key, column(key, runs, values));
      }
    }
    return differing;
  }

  private static List<String> column(
      String key, List<RunSummary> runs, Function<RunSummary, Map<String, String>> values) {
    return runs.stream().map(run -> values.apply(run).getOrDefault(key, NONE)).toList();
  }

  private static List<RunSummary> whole(List<RunSummary> runs) {
    return runs.stream().filter(run -> run.state() != RunState.DAMAGED).toList();
  }

  private void print(
      List<RunSummary> runs,
      Map<String, List<String>> settings,
      Map<String, List<String>> components) {
    Console console = console();
    heads(runs).print(console);
    RunView.printDamage(runs, console);
    console.out().println();
    if (whole(runs).size() > 1) {
      section("setting", settings, "All settings are the same.", runs);
      section("component", components, "All components are the same, bundles included.", runs);
    }
    Table accuracy = columns("held-out accuracy", runs, true);
    for (EvaluationMode mode : EvaluationMode.ofRuns()) {
      row(accuracy, Setting.word(mode), runs, run -> score(after(run, mode)));
    }
    accuracy.print(console);
    difference(runs);
    console.out().println();
    Table costs = columns("cost", runs, true);
    cost(costs, "generated tokens", runs, r -> NumberFormats.count(r.generatedTokens()));
    cost(costs, "CPU seconds, training", runs, r -> NumberFormats.seconds(r.cpuSeconds()));
    cost(costs, "peak memory", runs, r -> NumberFormats.bytes(r.peakMemoryBytes()));
    costs.print(console);
  }

  /** Which run has which letter. */
  private static Table heads(List<RunSummary> runs) {
    Table heads =
        new Table()
            .column("")
            .column("run")
            .column("configuration")
            .optional(1)
            .column("state")
            .number("step");
    for (int i = 0; i < runs.size(); i++) {
      RunSummary run = runs.get(i);
      heads.row(
          letter(i),
          run.id(),
          run.configuration(),
          Setting.word(run.state()),
          NumberFormats.count(run.step()) + "/" + NumberFormats.count(run.steps()));
    }
    return heads;
  }

  /** One run says little of a method; the standard error says how little. */
  private void difference(List<RunSummary> runs) {
    Score first = after(runs.get(0), EvaluationMode.ZERO_SHOT);
    Score last = after(runs.get(runs.size() - 1), EvaluationMode.ZERO_SHOT);
    if (runs.size() == 2 && first != null && last != null) {
      println(
          "zero-shot, B less A: %s (one run each: other seeds may reverse it)"
              .formatted(
                  NumberFormats.score(
                      last.mean() - first.mean(), Math.hypot(first.se(), last.se()))));
    }
  }

  private void section(
      String title, Map<String, List<String>> rows, String same, List<RunSummary> runs) {
    Console console = console();
    if (rows.isEmpty()) {
      console.out().println(same);
    } else {
      Table table = columns(title, runs, false);
      rows.forEach(
          (key, values) -> {
            List<Object> cells = new ArrayList<>(List.of(key));
            cells.addAll(values);
            table.row(cells.toArray());
          });
      table.print(console);
    }
    console.out().println();
  }

  private static Table columns(String title, List<RunSummary> runs, boolean numbers) {
    Table table = new Table().column(title);
    for (int i = 0; i < runs.size(); i++) {
      table = numbers ? table.number(letter(i)) : table.column(letter(i)).folds();
    }
    return table;
  }

  private static String letter(int run) {
    return String.valueOf((char) ('A' + run));
  }

  private static void row(
      Table table, String name, List<RunSummary> runs, Function<RunSummary, String> value) {
    List<Object> cells = new ArrayList<>(List.of(name));
    runs.forEach(run -> cells.add(value.apply(run)));
    table.row(cells.toArray());
  }

  private static void cost(
      Table table, String name, List<RunSummary> runs, Function<RunResult, String> value) {
    row(
        table,
        name,
        runs,
        run -> {
          RunResult result = run.result();
          return result == null ? NONE : value.apply(result);
        });
  }

  private static @Nullable Score after(RunSummary run, EvaluationMode mode) {
    RunResult result = run.result();
    return result == null ? null : result.after().get(mode);
  }

  private static String score(@Nullable Score score) {
    return score == null ? NONE : NumberFormats.score(score.mean(), score.se());
  }

  private static Map<String, Object> document(
      List<RunSummary> runs,
      Map<String, List<String>> settings,
      Map<String, List<String>> components) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("runs", runs.stream().map(RunView::document).toList());
    document.put("settings", settings);
    document.put("components", components);
    return document;
  }
}
