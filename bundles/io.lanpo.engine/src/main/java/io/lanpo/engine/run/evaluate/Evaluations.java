package io.lanpo.engine.run.evaluate;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.RunListener;
import io.lanpo.engine.call.VerifierCalls;
import io.lanpo.engine.config.ConfigurationSource;
import io.lanpo.engine.config.ModelPlace;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.evaluate.EvaluationFigures;
import io.lanpo.engine.evaluate.EvaluationSampler;
import io.lanpo.engine.generate.AuxiliaryPolicy;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.health.EvaluationHealth;
import io.lanpo.engine.health.rule.RunFacts;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.folder.RunRecord;
import io.lanpo.engine.run.policy.AuxiliaryBackend;
import io.lanpo.engine.run.policy.ColdStartCache;
import io.lanpo.engine.run.policy.InitialPolicy;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.run.preparation.ResolvedConfiguration;
import io.lanpo.engine.run.preparation.RunPreparation;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations on request. Each has a folder, named after the hash of all that its answers depend
 * on: {@code evaluations/KEY} of its run, or of what runs share when it has none. It holds what was
 * asked ({@code evaluation.json}), the answers so far and, at the end, {@code scores.json}.
 */
public final class Evaluations {
  /** Completions that are asked for at once: enough to fill a batch, few enough to lose. */
  private static final int AT_ONCE = 64;

  /** What every checkpoint of a policy has. */
  private static final String CONFIG = "config.json";

  private final RunPreparation preparation;
  private final TokenizerService tokenizers;
  private final ColdStartCache coldStarts;
  private final Path shared;

  /**
   * @param shared where evaluations without a run are kept
   */
  public Evaluations(
      RunPreparation preparation,
      TokenizerService tokenizers,
      ColdStartCache coldStarts,
      Path shared) {
    this.preparation = preparation;
    this.tokenizers = tokenizers;
    this.coldStarts = coldStarts;
    this.shared = shared;
  }

  /** Evaluates a run's policy, or another with the run's settings and pool. */
  public EvaluationReport ofRun(RunFolder folder, EvaluationRequest request, RunListener listener) {
    RunRecord record = folder.record();
    Path policy = request.model().isEmpty() ? checkpoint(folder, request) : model(request);
    ResolvedConfiguration resolved =
        chosen(
            preparation.resolve(record.id(), List.of(folder.written(record)), request.overrides()),
            policy);
    Path evaluations = folder.path().resolve("evaluations");
    boolean ownTask =
        resolved.overrides().keySet().stream()
            .noneMatch(key -> key.matches("(task|verifier)(\\..*)?|gold-answers|seed"));
    PreparedRun prepared =
        opened(
            folder,
            resolved,
            ownTask ? folder.droppedProblems() : evaluations.resolve("dropped.jsonl"),
            ownTask);
    try (prepared) {
      return evaluate(prepared, record.id(), policy, evaluations, "", request, listener);
    }
  }

  /** Evaluates a policy with the settings of a configuration, and without lessons of a run. */
  public EvaluationReport ofConfiguration(
      List<ConfigurationSource> files, EvaluationRequest request, RunListener listener) {
    String name = request.configuration();
    Path policy = request.model().isEmpty() ? null : model(request);
    ResolvedConfiguration resolved =
        chosen(preparation.resolve("evaluation of " + name, files, request.overrides()), policy);
    Path passing = shared.resolve(".%s-%d".formatted(name, ProcessHandle.current().pid()));
    RunFolder folder = new RunFolder(passing);
    try (PreparedRun prepared = opened(folder, resolved, folder.droppedProblems(), false)) {
      return evaluate(prepared, name, policy, shared, name + "-", request, listener);
    } finally {
      try {
        FileTree.delete(passing);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** With the machine's choices for the policy that is evaluated. */
  private static ResolvedConfiguration chosen(
      ResolvedConfiguration resolved, @Nullable Path policy) {
    return RunPreparation.chosen(
        resolved, policy == null ? resolved.settings().get(RunSettings.MODEL) : policy.toString());
  }

  private PreparedRun opened(
      RunFolder folder, ResolvedConfiguration resolved, Path dropped, boolean begun) {
    try {
      return preparation.open(folder, resolved, dropped, begun);
    } catch (RuntimeException e) {
      resolved.components().close();
      throw e;
    }
  }

  /**
   * Asks what is yet to be asked.
   *
   * @param name of the run or the configuration
   * @param folder the policy's checkpoint; null for the policy before the first step
   * @param under where the evaluation's folder is made
   * @param prefix of its name
   */
  private EvaluationReport evaluate(
      PreparedRun run,
      String name,
      @Nullable Path folder,
      Path under,
      String prefix,
      EvaluationRequest request,
      RunListener listener) {
    InitialPolicy initial = new InitialPolicy(run, tokenizers, coldStarts);
    List<Problem> problems = part(run.parts().task(), request.part());
    Randomness randomness = new Randomness(request.seed());
    int[] numbers = EvaluationSampler.chosen(problems.size(), request.problems(), randomness);
    if (numbers.length == 0) {
      throw new UserException(
          "the task has no problems that are %s".formatted(Setting.word(request.part())),
          "Choose others with --part, or set some aside: task.held-out-share, task.held-out.");
    }
    List<Problem> asked = Arrays.stream(numbers).mapToObj(problems::get).toList();
    if (folder == null && initial.coldStartKey().isEmpty()) {
      initial.check();
    }
    String policy = folder == null ? initial(run, initial) : folder.toString();
    String key = new EvaluationKey(run, request).of(asked, folder, initial.coldStartKey());
    Path place = under.resolve(prefix + key);
    Set<EvaluationMode> modes = withPrerequisites(request.modes());
    List<int[]> batches = batches(numbers, request.samples());
    try (AnswerLog log = AnswerLog.open(place, batches, request.samples(), request.restart())) {
      Json.write(place.resolve("evaluation.json"), description(run, name, policy, request));
      long total = (long) numbers.length * request.samples() * modes.size();
      EvaluationProgress pace = new EvaluationProgress(listener, name, log, modes, total);
      if (!pace.complete()) {
        try (AuxiliaryPolicy text = judging(run, modes);
            Policy opened =
                folder == null ? begun(initial, listener, name) : open(initial, folder)) {
          run.parts().policy().useAuxiliary(text);
          EvaluationSampler questioner =
              new EvaluationSampler(
                  run.parts(),
                  run.own().sampling(),
                  run.lessons(),
                  opened,
                  problems,
                  request.samples(),
                  randomness,
                  true);
          try {
            ask(questioner, batches, modes, log, pace);
          } catch (CancellationException e) { // in the midst of a batch
            throw interrupted(pace);
          }
        }
      }
      EvaluationFigures figures =
          new EvaluationFigures(problems, request.samples(), request.seed());
      EvaluationHealth health = health(run, asked.get(0));
      List<EvaluationReport.Section> sections = new ArrayList<>();
      List<Finding> findings = new ArrayList<>();
      for (EvaluationMode mode : new TreeSet<>(request.modes())) {
        sections.addAll(figures.sections(mode, log.all(mode)));
        findings.addAll(health.findings(mode, log.all(mode)));
      }
      Json.write(
          place.resolve("scores.json"),
          Map.of("sections", sections.stream().map(EvaluationFigures::document).toList()));
      return new EvaluationReport(
          place,
          policy,
          request.samples(),
          request.seed(),
          EvaluationFigures.CONFIDENCE,
          sections,
          findings);
    }
  }

  /**
   * What looks for findings.
   *
   * @param any one of the problems
   */
  private static EvaluationHealth health(PreparedRun run, Problem any) {
    return new EvaluationHealth(
        new RunFacts(run.settings().asMap(), Set.of(), false),
        new VerifierCalls(run.parts().verifier()).looksForAnswers(any));
  }

  private static void ask(
      EvaluationSampler questioner,
      List<int[]> batches,
      Set<EvaluationMode> modes,
      AnswerLog log,
      EvaluationProgress pace) {
    for (int batch = 0; batch < batches.size(); batch++) {
      int[] numbers = batches.get(batch);
      for (EvaluationMode mode : modes) {
        if (log.get(batch, mode) != null) {
          continue;
        }
        log.add(
            batch,
            mode,
            switch (mode) {
              case ZERO_SHOT -> questioner.plain(numbers);
              case RETRIEVE -> questioner.retrieve(numbers);
              case REFLECT ->
                  questioner.review(mode, given(log.get(batch, EvaluationMode.ZERO_SHOT)));
              case RETRIEVE_REFLECT ->
                  questioner.review(mode, given(log.get(batch, EvaluationMode.RETRIEVE)));
            });
        pace.advanced(questioner.generatedTokens());
        // the flag is taken away: files of an interrupted thread close by themselves
        if (Thread.interrupted()) {
          throw interrupted(pace);
        }
      }
    }
  }

  private static UserException interrupted(EvaluationProgress pace) {
    return pace.done() == 0
        ? new UserException(
            "the evaluation was interrupted before its first answers were finished",
            "Give the same command again.")
        : new UserException(
            "the evaluation was interrupted after %d of %d answers, which are kept"
                .formatted(pace.done(), pace.total()),
            "Give the same command again to go on from there.");
  }

  private static <T> T given(@Nullable T answers) {
    if (answers == null) {
      throw new IllegalStateException("what is reviewed has not been asked");
    }
    return answers;
  }

  /** The run's auxiliary policy, where the modes choose lessons and it has a say in that. */
  private AuxiliaryPolicy judging(PreparedRun run, Set<EvaluationMode> modes) {
    return modes.contains(EvaluationMode.RETRIEVE)
        ? new AuxiliaryBackend(run, tokenizers).openToJudge()
        : AuxiliaryPolicy.NONE;
  }

  private static Policy open(InitialPolicy initial, Path folder) {
    return initial.openTraining(folder);
  }

  private static Policy begun(InitialPolicy initial, RunListener listener, String name) {
    return initial.begin(listener, name, () -> false).orElseThrow().policy();
  }

  private static String initial(PreparedRun run, InitialPolicy initial) {
    return initial.coldStartKey().isEmpty()
        ? run.own().model()
        : "cold start " + initial.coldStartKey();
  }

  /** What reviews are of comes before them. */
  private static Set<EvaluationMode> withPrerequisites(List<EvaluationMode> modes) {
    Set<EvaluationMode> all = new TreeSet<>(modes);
    if (all.contains(EvaluationMode.REFLECT)) {
      all.add(EvaluationMode.ZERO_SHOT);
    }
    if (all.contains(EvaluationMode.RETRIEVE_REFLECT)) {
      all.add(EvaluationMode.RETRIEVE);
    }
    return all;
  }

  private static List<int[]> batches(int[] numbers, int samples) {
    int size = Math.max(1, AT_ONCE / samples);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < numbers.length; from += size) {
      batches.add(Arrays.copyOfRange(numbers, from, Math.min(from + size, numbers.length)));
    }
    return batches;
  }

  private static List<Problem> part(Task task, ProblemPart part) {
    return switch (part) {
      case HELD_OUT -> task.heldOut();
      // one that is drawn more often than others is asked once
      case TRAINING -> task.training().stream().distinct().toList();
      case ALL ->
          Stream.concat(task.training().stream(), task.heldOut().stream()).distinct().toList();
    };
  }

  /** The checkpoint that is meant; null for the policy before the first step. */
  private static @Nullable Path checkpoint(RunFolder folder, EvaluationRequest request) {
    if (request.checkpoint().equals(EvaluationRequest.INITIAL)) {
      return null;
    }
    Path policy = folder.checkpoints().policy(request.checkpoint());
    // a run that does not learn leaves it as it was
    return Files.exists(policy.resolve(CONFIG)) ? policy : null;
  }

  private static Path model(EvaluationRequest request) {
    return ModelPlace.existing(
        "--model",
        request.model(),
        "Name a GGUF file or the folder of a model, such as runs/ID/checkpoints/step-000040.");
  }

  private static Map<String, Object> description(
      PreparedRun run, String name, String policy, EvaluationRequest request) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("of", name);
    description.put("policy", policy);
    description.put("part", Setting.word(request.part()));
    description.put("problems", request.problems());
    description.put("samples", request.samples());
    description.put("seed", request.seed());
    description.put("overrides", Secrets.shown(request.overrides()));
    description.put("settings", Secrets.shown(run.settings().asMap()));
    description.put("components", run.components().describe());
    return description;
  }
}
