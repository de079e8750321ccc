package io.lanpo.experiment;

import com.google.gson.Gson;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.PlannedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A folder of runs as the engine writes them, and the service that lists them. Settings are checked
 * as the engine checks them; nothing can be trained.
 */
public final class WrittenRuns implements TrainingService {
  static final Setting<String> DESCRIPTION = Setting.text("description", "", "what for");

  static final Setting<Long> SEED = Setting.wide("seed", 0, 0, Long.MAX_VALUE, "", "seed");

  static final Setting<Integer> STEPS = Setting.integer("steps", 40, 0, 1000, "steps", "length");

  static final Setting<String> ALGORITHM =
      Setting.choice("algorithm", List.of("lanpo", "grpo"), "which");

  static final Setting<Double> FEEDBACK_RATIO =
      Setting.decimal("feedback.ratio", 0.4, 0, 1, "share", "share with feedback");

  private static final List<Setting<?>> DECLARED =
      List.of(DESCRIPTION, SEED, STEPS, ALGORITHM, FEEDBACK_RATIO);

  private final List<RunSummary> runs = new ArrayList<>();
  private final Path folder;

  /**
   * @param folder where the runs are
   */
  public WrittenRuns(Path folder) {
    this.folder = folder;
  }

  /** The folder of a run. */
  public Path folder(String id) {
    return folder.resolve(id);
  }

  /** A finished run whose measure rises evenly to a value, one evaluation every ten steps. */
  public RunSummary finished(String id, PlannedRun run, double value) throws IOException {
    Path own = Files.createDirectories(folder(id));
    int steps = run.steps();
    StringBuilder metrics = new StringBuilder();
    StringBuilder rollouts = new StringBuilder();
    for (int step = 1; step <= steps; step++) {
      metrics.append("{\"step\":%d,\"generatedTokens\":%d".formatted(step, step * 100));
      if (step % 10 == 0) {
        metrics.append(",\"evaluation.zero-shot\":%s".formatted(value * step / steps));
      }
      metrics.append(
          ",\"lossTokens\":70,\"timing\":{\"generation\":0.25,\"update\":0.5,\"stepSeconds\":0.8,\"at\":1.8e9,\"peakBytes\":1e9,\"cpuSeconds\":%s}}\n"
              .formatted(step * 0.5));
      rollouts.append("{\"mode\":\"scratch\",\"text\":\"<b>\",\"tokens\":60}\n");
      rollouts.append("{\"mode\":\"reflect\",\"tokens\":30}\n");
    }
    Files.writeString(own.resolve("metrics.jsonl"), metrics);
    Files.writeString(own.resolve("rollouts.jsonl"), rollouts);
    manifest(own, Runtime.getRuntime().availableProcessors());
    RunResult result =
        new RunResult(
            id,
            steps,
            steps * 100L,
            steps * 50L,
            steps * 0.5,
            90,
            0,
            0,
            Map.of(EvaluationMode.ZERO_SHOT, new Score(0, 0.01, 9, 2, 0, 1)),
            Map.of(EvaluationMode.ZERO_SHOT, new Score(value, 0.01, 9, 2, 0, 1)),
            1_000_000,
            0);
    return add(id, id, run, RunState.FINISHED, result);
  }

  /** Says on which machine a run was made. */
  public static void manifest(Path run, int processors) throws IOException {
    String system =
        "%s 1.2.3 %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
    Files.writeString(
        run.resolve("manifest.json"),
        new Gson().toJson(Map.of("system", system, "processors", processors)));
  }

  /** Lists a run. */
  public RunSummary add(
      String id, String folderName, PlannedRun run, RunState state, RunResult result) {
    return add(id, folderName, run, Map.of(), state, result);
  }

  /** Lists a run for which some settings were chosen: key to the value that was asked for. */
  public RunSummary add(
      String id,
      String folderName,
      PlannedRun run,
      Map<String, String> asked,
      RunState state,
      RunResult result) {
    RunSummary summary =
        new RunSummary(
            id,
            run.base(),
            state,
            run.steps(),
            run.steps(),
            Instant.EPOCH,
            folder(folderName),
            "",
            run.settings(),
            asked,
            Map.of(),
            result);
    runs.add(summary);
    return summary;
  }

  @Override
  public Map<String, String> values(String configuration, Map<String, String> overrides) {
    return Settings.of("--set", DECLARED, overrides).asMap();
  }

  @Override
  public List<RunSummary> runs() {
    return List.copyOf(runs);
  }

  @Override
  public RunSummary run(String id) {
    return runs.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  @Override
  public List<String> configurations() {
    return List.of("micro");
  }

  @Override
  public List<Setting<?>> settings(String configuration) {
    return DECLARED;
  }

  @Override
  public RunHandle start(String configuration, Map<String, String> set, RunListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RunHandle resume(String run, String checkpoint, RunListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RunSummary stop(String run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EvaluationReport evaluate(EvaluationRequest request, RunListener listener) {
    throw new UnsupportedOperationException();
  }
}
