package io.lanpo.shell.command.check;

import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.view.EvaluationView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eval [ID]}. */
@Command(
    description =
        "Evaluate a run's checkpoint, or any model with a run configuration, on any task.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo eval ID                         the newest checkpoint on the held-out problems",
      "  lanpo eval ID --modes zero-shot,reflect --samples 8 --seed 3",
      "  lanpo eval ID --checkpoint initial    the policy before the first step",
      "  lanpo eval ID --set task=file --set data=FILE --part all --by level",
      "  lanpo eval --run math --model DIR --set data=FILE --json"
    })
public final class EvalCommand extends BaseCommand {
  private static final String SAMPLES = "evaluation.samples";
  private static final String SEED = "seed";
  private static final int MOST_SAMPLES = 4096;

  @Completes(Values.RUN)
  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A run's id or a unique beginning of it: its policy, settings and pool.")
  private String id = "";

  @Completes(Values.CONFIGURATION)
  @Option(
      names = "--run",
      paramLabel = "NAME",
      description =
          "A run configuration instead of a run; without --model, the policy it begins with.")
  private String configuration = "";

  @Completes(Values.MODEL)
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Checkpoint folder or GGUF file of the policy, instead of the run's or configuration's own.")
  private String model = "";

  @Completes(Values.CHECKPOINT)
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "A checkpoint of the run, or initial: the policy before the first step.")
  private String checkpoint = "";

  @Completes(Values.SETTING)
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting, such as the task or its data; may be repeated.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  @Completes(words = ProblemPart.class)
  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "held-out",
      description = "Which problems of the task: held-out, training or all.")
  private String part = "held-out";

  @Option(
      names = "--problems",
      paramLabel = "N",
      description = "Most problems, chosen by the seed; 0: all.")
  private int problems;

  @Completes(words = EvaluationMode.class)
  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description =
          "zero-shot, reflect, retrieve, retrieve-reflect, separated by commas; all of them by"
              + " default.")
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

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "LABEL",
      description =
          "Labels to break the table down by, such as level; by default those with few values.")
  private final List<String> labels = new ArrayList<>();

  @Option(
      names = "--restart",
      description = "Discard earlier answers of this evaluation instead of continuing from them.")
  private boolean restart;

  public EvalCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (id.isEmpty() == configuration.isEmpty()) {
      throw common.wrongUsage("give either the ID of a run or --run with a configuration");
    }
    if (!checkpoint.isEmpty() && (id.isEmpty() || !model.isEmpty())) {
      throw common.wrongUsage("--checkpoint is one of a run's; it goes with an ID and no --model");
    }
    try (ServiceHandle<TrainingService> training = context.services().only(TrainingService.class);
        ProgressLine progress = new ProgressLine(console())) {
      EvaluationRequest request = request(training.get());
      EvaluationReport report = training.get().evaluate(request, progress);
      progress.close();
      EvaluationView view = new EvaluationView(report);
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
            id.isEmpty() ? "configuration" : "run", id.isEmpty() ? configuration : request.run());
        document.putAll(view.document());
        printJson(document);
      } else {
        view.print(console(), labels);
      }
      return ExitCode.OK;
    }
  }

  private EvaluationRequest request(TrainingService training) {
    String run = id.isEmpty() ? "" : training.run(id).id();
    Map<String, String> settings =
        new HashMap<>(
            id.isEmpty() ? training.values(configuration, Map.of()) : training.run(id).settings());
    settings.putAll(overrides);
    Integer chosen = samples;
    long count = chosen == null ? number(settings, SAMPLES, 1) : chosen;
    if (count < 1 || count > MOST_SAMPLES) {
      throw common.wrongUsage(
          "--samples = %d is not allowed; give a whole number from 1 to %d"
              .formatted(count, MOST_SAMPLES));
    }
    if (problems < 0) {
      throw common.wrongUsage("--problems = %d is not allowed; 0 is all".formatted(problems));
    }
    Long given = seed;
    return new EvaluationRequest(
        run,
        configuration,
        checkpoint,
        model,
        overrides,
        common.choose("--part", part, CommonOptions.words(ProblemPart.class)),
        problems,
        modes.isEmpty() ? List.of(EvaluationMode.values()) : modes.stream().distinct().toList(),
        (int) count,
        given == null ? number(settings, SEED, 0) : given,
        restart);
  }

  private static long number(Map<String, String> settings, String key, long otherwise) {
    String value = settings.getOrDefault(key, "");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : otherwise;
  }
}
