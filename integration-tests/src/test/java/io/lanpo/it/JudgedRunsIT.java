package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/**
 * Runs whose policy judges which lessons are relevant. It was never taught to; what counts here is
 * that it is asked, that this costs tokens, and that a run repeats to the bit.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class JudgedRunsIT {
  private static final String[] JUDGED = {
    "steps", "12", "similarity", "judge-micro", "feedback.floor", "0"
  };

  @OsgiService TrainingService training;

  @Configuration
  static Option[] aJudgeInTheLanguageOfTheMicroWorld() throws IOException, LaunchException {
    Path work = PaxExamExtension.work(JudgedRunsIT.class);
    Path configs = Files.createDirectories(work.resolve("configs"));
    try (Stream<Path> files = Files.list(ProductOptions.home().resolveSibling("configs"))) {
      for (Path file : files.toList()) {
        Files.copy(file, configs.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(
        configs.resolve("io.lanpo.similarity.judge~micro.cfg"),
        """
        lanpo.name = judge-micro
        prompt = problem : {{question}} problem : {{other}} solution :
        candidates = 4
        max-tokens = 6
        full = 9
        """);
    return ProductOptions.of(work, configs, Set.of("base", "train")).toArray(Option[]::new);
  }

  @Test
  void aRunThatWasStoppedAndResumedIsTheSameAndSaysWhatWasAsked() throws Exception {
    RunSummary whole = SmallRun.run(training, progress -> {}, JUDGED);
    RunSummary stopped = SmallRun.run(training, SmallRun.atStep(8, training::stop), JUDGED);
    assertEquals(RunState.STOPPED, stopped.state());
    RunSummary resumed = training.resume(stopped.id(), progress -> {}).await();
    RunFiles.assertSame(whole, resumed);

    List<JsonObject> metrics = RunFiles.of(whole).steps();
    assertTrue(sum(metrics, "similarity.asked") > 0, "the policy was never asked");
    assertTrue(
        sum(metrics, "similarity.unreadable") <= sum(metrics, "similarity.asked"),
        "more answers than questions");
  }

  private static long sum(List<JsonObject> metrics, String name) {
    return metrics.stream().mapToLong(line -> line.get(name).getAsLong()).sum();
  }
}
