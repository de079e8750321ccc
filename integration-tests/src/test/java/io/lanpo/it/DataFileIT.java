package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.Score;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A run on problems from a file, from the checkpoint of another run. */
@ExtendWith(PaxExamExtension.class)
@Timeout(120)
final class DataFileIT {
  private static final String CONFIGURATION =
      """
      task = jsonl
      task.format = plain
      task.prompt = problem : {{question}} solution :
      task.held-out-share = 0.25
      reflection = micro
      abstraction = micro
      problems = 4
      steps = 4
      sampling.max-tokens = 26
      sampling.max-review-tokens = 60
      sampling.max-lesson-tokens = 14
      """;

  @OsgiService TrainingService training;

  @TempDir Path folder;

  @Configuration
  static Option[] fileConfiguration() throws IOException, LaunchException {
    Path work = PaxExamExtension.work(DataFileIT.class);
    Path configs = Files.createDirectories(work.resolve("configs"));
    try (Stream<Path> files = Files.list(ProductOptions.home().resolveSibling("configs"))) {
      for (Path file : files.toList()) {
        Files.copy(file, configs.resolve(file.getFileName()));
      }
    }
    Files.writeString(configs.resolve("io.lanpo.run~file.cfg"), CONFIGURATION);
    return ProductOptions.of(work, configs, Set.of("base", "train")).toArray(Option[]::new);
  }

  @Test
  void trainsOnTheProblemsThatAreNotSetAside() throws Exception {
    RunSummary first = SmallRun.run(training, progress -> {}, "steps", "1");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append(
          "{\"id\": \"p%d\", \"problem\": \"dax of 0 4 2 is 8 0 2 . apply dax to %d %d 5 .\", \"answer\": \"%d 5\"}\n"
              .formatted(i, i % 5, i % 3, i));
    }
    Path data = Files.writeString(folder.resolve("problems.jsonl"), lines);
    Path checkpoint = first.folder().resolve("checkpoints/step-000001");
    RunSummary run =
        training
            .start(
                "file",
                Map.of("data", data.toString(), "model", checkpoint.toString()),
                progress -> {})
            .await();
    assertEquals(RunState.FINISHED, run.state(), run.message());
    Map<EvaluationMode, Score> after = Objects.requireNonNull(run.result()).after();
    assertEquals(3, Objects.requireNonNull(after.get(EvaluationMode.ZERO_SHOT)).problems());
    Set<String> drawn =
        RunFiles.of(run).rollouts("scratch").stream()
            .map(DataFileIT::problem)
            .collect(Collectors.toSet());
    assertEquals(9, drawn.size(), drawn.toString());
    assertTrue(!RunFiles.of(run).rollouts("reflect").isEmpty());
    assertEquals(4, RunFiles.of(run).metrics().size());
  }

  private static String problem(JsonObject line) {
    return line.get("problem").getAsString();
  }
}
