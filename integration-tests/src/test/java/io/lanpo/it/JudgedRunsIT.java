package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs whose policy judges which lessons are relevant. It was never taught to; what counts here is
 * that it is asked, that this costs tokens, and that a run repeats to the bit.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class JudgedRunsIT {
  private static final String[] JUDGED = {
    "steps", "6", "similarity", "judge-micro", "feedback.floor", "0"
  };

  @OsgiService TrainingService training;

  @Test
  @Tag("full")
  void aRunThatWasStoppedAndResumedIsTheSameAndSaysWhatWasAsked() throws Exception {
    RunSummary whole = SmallRun.run(training, progress -> {}, JUDGED);
    RunSummary stopped = SmallRun.run(training, SmallRun.atStep(3, training::stop), JUDGED);
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
