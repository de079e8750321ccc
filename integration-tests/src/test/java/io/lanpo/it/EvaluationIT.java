package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationReport.Section;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of real policies: every mode, interrupted, on other tasks, with bad input. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class EvaluationIT {
  private static final List<EvaluationMode> ALL = List.of(EvaluationMode.values());
  private static final String PLAIN =
      "problem : {{question}} solution :"; // the micro-world's words, put as it puts them

  private static @Nullable RunSummary trained;

  @OsgiService TrainingService training;

  @TempDir Path folder;

  private RunSummary run() throws InterruptedException {
    RunSummary run = trained;
    if (run == null) {
      run = SmallRun.run(training, progress -> {}, "steps", "8", "checkpoint.keep", "2");
      assertEquals(RunState.FINISHED, run.state(), run.message());
      trained = run;
    }
    return run;
  }

  private static EvaluationRequest request(
      RunSummary run, int samples, long seed, boolean restart) {
    return new EvaluationRequest(
        run.id(), "", "", "", Map.of(), ProblemPart.HELD_OUT, 0, ALL, samples, seed, restart);
  }

  private static Section whole(EvaluationReport report, EvaluationMode mode) {
    return report.sections().stream()
        .filter(s -> s.mode() == mode && s.label().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonObject> answers(EvaluationReport report) throws IOException {
    return Files.readAllLines(report.folder().resolve("answers.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  @Test
  void everyModeHasItsFiguresByLabelToo() throws Exception {
    EvaluationReport report = training.evaluate(request(run(), 4, 7, false), progress -> {});
    for (EvaluationMode mode : ALL) {
      Section section = whole(report, mode);
      assertEquals(8, section.problems(), "four operators, two inputs each");
      assertTrue(section.figures().containsKey("mean@4"), section.figures().toString());
      double pass1 = Objects.requireNonNull(section.figures().get("pass@1")).value();
      double pass4 = Objects.requireNonNull(section.figures().get("pass@4")).value();
      assertTrue(pass1 <= pass4, section.figures().toString());
      assertEquals(
          4,
          report.sections().stream()
              .filter(s -> s.mode() == mode && s.label().equals("operator"))
              .count());
    }
    List<JsonObject> answers = answers(report);
    assertEquals(8 * 4 * ALL.size(), answers.size());
    assertEquals(0, whole(report, EvaluationMode.ZERO_SHOT).score().fellBack());
    assertTrue(
        answers.stream().anyMatch(a -> !a.getAsJsonArray("lessons").isEmpty()), "no lesson shown");
    assertTrue(Files.exists(report.folder().resolve("scores.json")));
    // asked again nothing is generated, so that no policy is needed
    long before = Files.getLastModifiedTime(report.folder().resolve("answers.jsonl")).toMillis();
    assertEquals(report, training.evaluate(request(run(), 4, 7, false), progress -> {}));
    assertEquals(
        before, Files.getLastModifiedTime(report.folder().resolve("answers.jsonl")).toMillis());
  }

  /** Interrupted after some batches, then again within a line, it ends as if undisturbed. */
  @Test
  @Tag("full")
  void anInterruptedEvaluationGoesOnToTheSameFigures() throws Exception {
    EvaluationRequest request = request(run(), 16, 11, false);
    UserException interrupted =
        assertThrows(
            UserException.class,
            () ->
                training.evaluate(
                    request,
                    progress -> {
                      if (progress.done() >= progress.total() / 3) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    assertFalse(Thread.interrupted());
    assertTrue(
        interrupted.getMessage().contains("was interrupted after"), interrupted.getMessage());
    Path evaluations = run().folder().resolve("evaluations");
    Path answers = half(evaluations);
    byte[] kept = Files.readAllBytes(answers);
    Files.write(answers, Arrays.copyOf(kept, kept.length - 31));

    EvaluationReport resumed = training.evaluate(request, progress -> {});
    String lines = Files.readString(answers);
    EvaluationReport undisturbed = training.evaluate(request(run(), 16, 11, true), progress -> {});
    assertEquals(answers, undisturbed.folder().resolve("answers.jsonl"));
    assertEquals(lines, Files.readString(answers));
    assertEquals(undisturbed, resumed);
  }

  /** The answers of the evaluation that has no scores yet. */
  private static Path half(Path evaluations) throws IOException {
    try (Stream<Path> all = Files.list(evaluations)) {
      List<Path> open =
          all.filter(f -> Files.exists(f.resolve("answers.jsonl")))
              .filter(f -> Files.notExists(f.resolve("scores.json")))
              .toList();
      assertEquals(1, open.size(), open.toString());
      return open.get(0).resolve("answers.jsonl");
    }
  }

  @Test
  void anyCheckpointAndTheInitialPolicyCanBeEvaluated() throws Exception {
    List<EvaluationMode> plain = List.of(EvaluationMode.ZERO_SHOT);
    RunSummary run = run();
    EvaluationRequest first = of(run, "step-000007", plain);
    EvaluationReport seventh = training.evaluate(first, progress -> {});
    assertTrue(seventh.policy().endsWith("step-000007"), seventh.policy());
    EvaluationReport last = training.evaluate(of(run, "", plain), progress -> {});
    assertTrue(last.policy().endsWith("step-000008"), last.policy());
    assertEquals(
        Objects.requireNonNull(run.result()).after().get(EvaluationMode.ZERO_SHOT),
        last.scores().get(EvaluationMode.ZERO_SHOT),
        "what the run itself found at its end");
    EvaluationReport initial = training.evaluate(of(run, "initial", plain), progress -> {});
    assertEquals(
        Objects.requireNonNull(run.result()).before().get(EvaluationMode.ZERO_SHOT),
        initial.scores().get(EvaluationMode.ZERO_SHOT),
        "what the run itself found before its first step");
    UserException gone =
        assertThrows(
            UserException.class,
            () -> training.evaluate(of(run, "step-000003", plain), progress -> {}));
    assertTrue(
        gone.getMessage().contains("it has initial, step-000005, step-000007, step-000008"),
        gone.getMessage());
  }

  /** As the run's own evaluations: two samples, the run's seed, all in one batch. */
  private static EvaluationRequest of(
      RunSummary run, String checkpoint, List<EvaluationMode> modes) {
    long seed = Long.parseLong(Objects.requireNonNull(run.settings().get("seed")));
    int samples =
        Integer.parseInt(Objects.requireNonNull(run.settings().get("evaluation.samples")));
    return new EvaluationRequest(
        run.id(),
        "",
        checkpoint,
        "",
        Map.of(),
        ProblemPart.HELD_OUT,
        0,
        modes,
        samples,
        seed,
        false);
  }

  @Test
  void aRunFolderFromElsewhereCanBeEvaluated() throws Exception {
    RunSummary run = run();
    Path copy = run.folder().resolveSibling("from-elsewhere");
    try (Stream<Path> all = Files.walk(run.folder())) {
      for (Path file : all.filter(f -> !f.toString().contains("evaluations")).toList()) {
        Files.copy(file, copy.resolve(run.folder().relativize(file).toString()));
      }
    }
    EvaluationReport there =
        training.evaluate(new EvaluationRequest("from-elsewhere", ALL, 2, 3), progress -> {});
    EvaluationReport here =
        training.evaluate(new EvaluationRequest(run.id(), ALL, 2, 3), progress -> {});
    assertEquals(here.sections(), there.sections());
    assertTrue(there.folder().startsWith(copy), there.folder().toString());
  }

  @Test
  void anotherTaskIsAskedWithAModelAndAConfiguration() throws Exception {
    Path model = run().folder().resolve("checkpoints/step-000008");
    Path data =
        Files.writeString(
            folder.resolve("problems.jsonl"),
            Stream.of(0, 1, 2, 3, 4, 5)
                .map(
                    i ->
                        ("{\"problem\": \"dax of 0 4 2 is 8 0 2 . apply dax to %d 1 5 .\","
                                + " \"answer\": \"%d 5\", \"level\": %d}\n")
                            .formatted(i, i, i % 2 + 1))
                .collect(Collectors.joining()));
    Map<String, String> overrides =
        Map.of(
            "task",
            "jsonl",
            "task.data",
            data.toString(),
            "task.held-out-share",
            "0.3",
            "task.format",
            "plain",
            "task.prompt",
            PLAIN);
    EvaluationRequest request =
        new EvaluationRequest(
            "",
            SmallRun.CONFIGURATION,
            "",
            model.toString(),
            overrides,
            ProblemPart.ALL,
            0,
            List.of(EvaluationMode.ZERO_SHOT, EvaluationMode.RETRIEVE),
            2,
            1,
            false);
    EvaluationReport report = training.evaluate(request, progress -> {});
    assertEquals(6, whole(report, EvaluationMode.ZERO_SHOT).problems());
    assertEquals(1, whole(report, EvaluationMode.RETRIEVE).score().fellBack(), "no run, no pool");
    assertEquals(
        List.of("1", "2"),
        report.sections().stream()
            .filter(s -> s.mode() == EvaluationMode.RETRIEVE && s.label().equals("level"))
            .map(Section::value)
            .toList());
    // the run's own settings and pool with the other task; those of the micro-world do not disturb
    EvaluationReport ofRun =
        training.evaluate(
            new EvaluationRequest(
                run().id(), "", "", "", overrides, ProblemPart.HELD_OUT, 0, ALL, 2, 1, false),
            progress -> {});
    assertEquals(1, whole(ofRun, EvaluationMode.REFLECT).problems(), "one of six is set aside");
  }

  @Test
  void dataWithTheSameIdTwiceOrAnEmptyAnswerIsRefusedByLine() throws Exception {
    String good = "{\"id\": \"a\", \"problem\": \"p%d\", \"answer\": \"1\"}\n";
    Path twice =
        Files.writeString(folder.resolve("twice.jsonl"), good.formatted(1) + good.formatted(2));
    Path empty =
        Files.writeString(
            folder.resolve("empty.jsonl"),
            good.formatted(1) + "{\"problem\": \"p\", \"answer\": \"\"}\n");
    assertTrue(refusal(twice).contains("twice.jsonl:2 has the id \"a\""), refusal(twice));
    assertTrue(refusal(empty).contains("empty.jsonl:2 has an empty \"answer\""), refusal(empty));
    EvaluationRequest noModel =
        new EvaluationRequest(
            "",
            SmallRun.CONFIGURATION,
            "",
            folder.toString(),
            Map.of(),
            ProblemPart.ALL,
            0,
            ALL,
            1,
            1,
            false);
    UserException refused =
        assertThrows(UserException.class, () -> training.evaluate(noModel, progress -> {}));
    assertTrue(refused.getMessage().contains("config.json is missing"), refused.getMessage());
  }

  private String refusal(Path data) throws InterruptedException {
    EvaluationRequest request =
        new EvaluationRequest(
            run().id(),
            "",
            "",
            "",
            Map.of("task", "jsonl", "task.data", data.toString()),
            ProblemPart.ALL,
            0,
            ALL,
            1,
            1,
            false);
    return String.valueOf(
        assertThrows(UserException.class, () -> training.evaluate(request, progress -> {}))
            .getMessage());
  }
}
