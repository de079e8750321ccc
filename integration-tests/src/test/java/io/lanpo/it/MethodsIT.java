package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever decides on the method of a run, the same bits come out of it when it was stopped and
 * resumed: every relative of the method, every objective, schedule, planner and selector of the
 * product, as it is and a step ahead of its updates. {@link KilledRunsIT} kills the process.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
@Tag("full")
final class MethodsIT {
  @OsgiService TrainingService training;

  private RunSummary run(String method, RunListener listener) throws InterruptedException {
    return SmallRun.run(
        training, listener, ("steps=8 problems=8 checkpoint.every=3 " + method).split("[ =]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "planner=experiential attempts=failed objective=experiential",
        "planner=experiential attempts=failed objective=experiential staleness=1",
        "objective=self-distillation objective.feedback=sibling",
        "objective=self-distillation objective.feedback=sibling staleness=1",
        "objective=none abstraction=group-contrast-micro group-size=24",
        "objective=none abstraction=group-contrast-micro lessons=curated lessons.trial=0.5 group-size=24 staleness=1",
        "lessons=curated lessons.trial=0.5 group-size=24",
        "objective=lanpo-paper planner=per-prompt planner.reflect-share=0 abstraction=micro-condensed",
        "objective=lanpo-paper planner=per-prompt abstraction=micro-condensed staleness=1",
        "objective=grpo schedule=linear schedule.warmup=2",
        "objective=dapo attempts=pool",
        "objective=dr-grpo schedule=cosine staleness=1",
        "objective=gspo",
        "objective=cispo staleness=1",
        "objective=rloo attempts=other planner=per-prompt planner.reflect-share=1 staleness=1",
        "objective=reinforce++"
      })
  void aRunThatWasStoppedAndResumedIsTheSame(String method) throws Exception {
    RunSummary stopped = run(method, SmallRun.atStep(5, training::stop));
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    RunSummary undisturbed = run(method, progress -> {});
    RunFiles.assertSame(undisturbed, training.resume(stopped.id(), progress -> {}).await());
    assertTrue(
        method.contains("objective=none")
            || RunFiles.of(undisturbed).steps().stream().anyMatch(MethodsIT::updates),
        "nothing was learned that could have differed");
  }

  private static boolean updates(JsonObject step) {
    return step.get("updates").getAsInt() > 0;
  }
}
