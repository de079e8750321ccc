package io.lanpo.shell.command.run;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.view.MetricsView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code watch [ID]}. */
@Command(
    description = "Follow a run of this or another process: its curves, step by step.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo watch                           the newest run in progress",
      "  lanpo watch ID                        Ctrl-C ends the watching, not the run",
      "  lanpo watch ID --json                 the lines of metrics.jsonl as they come"
    })
public final class WatchCommand extends BaseCommand {
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Completes(Values.RUN)
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description =
          "The run's id or a unique beginning of it; the newest one in progress by default.")
  private @Nullable String id;

  public WatchCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      RunSummary run = id == null ? newest(training.get().runs()) : training.get().run(id);
      MetricsTail tail = new MetricsTail(run.folder().resolve("metrics.jsonl"));
      MetricsView view = new MetricsView(console());
      try {
        while (true) {
          // asked before the lines are read: those of a run that has ended are all there
          run = training.get().run(run.id());
          show(run, tail.read(), view);
          if (run.state() != RunState.RUNNING) {
            break;
          }
          Thread.sleep(PAUSE.toMillis());
        }
      } catch (InterruptedException e) {
        view.end();
        console().err().println("the run goes on; 'lanpo stop' stops it");
        return ExitCode.OK;
      }
      view.end();
      if (!common.json) {
        console()
            .err()
            .println(
                "run %s is %s at step %s of %s%s"
                    .formatted(
                        run.id(),
                        Setting.word(run.state()),
                        NumberFormats.count(run.step()),
                        NumberFormats.count(run.steps()),
                        run.message().isEmpty() ? "" : ": " + run.message()));
      }
      return ExitCode.OK;
    }
  }

  private void show(RunSummary run, List<MetricsTail.Line> lines, MetricsView view) {
    if (common.json) {
      lines.forEach(line -> console().out().println(line.text()));
      return;
    }
    for (MetricsTail.Line line : lines) {
      view.add(line.figures());
      line.findings().forEach(view::warn);
    }
    view.show(run);
  }

  private static RunSummary newest(List<RunSummary> runs) {
    return runs.stream()
        .filter(run -> run.state() == RunState.RUNNING)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "no run is in progress",
                    runs.isEmpty()
                        ? "Start one with: lanpo train micro"
                        : "To look at the newest that ended: lanpo watch " + runs.get(0).id()));
  }
}
