package io.lanpo.shell.command;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.Amounts;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.ProgressLine;
import io.lanpo.shell.view.RunView;
import io.lanpo.shell.view.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eval ID}. */
@Command(
    description = "Evaluate a run's newest checkpoint on its held-out problems.",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo eval ID", "  lanpo eval ID --modes zero-shot,reflect --samples 8 --seed 3"})
final class EvalCommand implements Callable<Integer> {
  private static final String SAMPLES = "evaluation.samples";
  private static final int MOST_SAMPLES = 4096;

  private final Invocation invocation;

  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "ID", description = "The run's id or a unique beginning of it.")
  private String id = "";

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description = "zero-shot, reflect, retrieve, separated by commas; all of them by default.")
  private final List<EvaluationMode> modes = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Completions per problem; by default as the run's own evaluations.")
  private @Nullable Integer samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes the sampling; by default the run's seed.")
  private @Nullable Long seed;

  EvalCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Held<TrainingService> training = invocation.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(invocation.console())) {
      EvaluationRequest request = request(training.get().run(id));
      Map<EvaluationMode, Score> scores = training.get().evaluate(request, progress);
      progress.close();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run", request.run());
        document.put("samples", request.samples());
        document.put("seed", request.seed());
        document.put("scores", RunView.scores(scores));
        invocation.console().out().println(Json.of(document));
      } else {
        print(scores);
      }
      return ExitCode.OK;
    }
  }

  private EvaluationRequest request(RunSummary run) {
    Integer chosen = samples;
    int count = chosen == null ? (int) number(run, SAMPLES, 1) : chosen;
    if (count < 1 || count > MOST_SAMPLES) {
      throw common.wrongUsage(
          "--samples = %d is not allowed; give a whole number from 1 to %d"
              .formatted(count, MOST_SAMPLES));
    }
    Long given = seed;
    return new EvaluationRequest(
        run.id(),
        modes.isEmpty() ? List.of(EvaluationMode.values()) : modes.stream().distinct().toList(),
        count,
        given == null ? number(run, "seed", 0) : given);
  }

  private static long number(RunSummary run, String key, long otherwise) {
    String value = run.settings().getOrDefault(key, "");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : otherwise;
  }

  private void print(Map<EvaluationMode, Score> scores) {
    Table table =
        new Table()
            .column("held-out")
            .number("accuracy")
            .number("problems")
            .number("samples each")
            .number("without feedback")
            .number("finished");
    for (EvaluationMode mode : EvaluationMode.values()) {
      Score score = scores.get(mode);
      if (score != null) {
        table.row(
            Setting.word(mode),
            Amounts.score(score.mean(), score.se()),
            Amounts.count(score.problems()),
            Amounts.count(score.samples()),
            Amounts.share(score.fellBack()),
            Amounts.share(score.finished()));
      }
    }
    table.print(invocation.console());
  }
}
