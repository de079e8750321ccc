package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Components as somebody may write them: what fails costs its part of a run and no more. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class FaultyComponentsIT {
  @OsgiService TrainingService training;

  @OsgiService(filter = "(lanpo.name=exact)")
  Verifier exact;

  @OsgiService BundleContext context;

  @Test
  void aStrategyThatThrowsCostsItsReviews() throws Exception {
    Supplier<Optional<Prompt>> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertEachReviewIsCountedAsAFailure(broken);
  }

  @Test
  void aStrategyWhoseBundleLacksAClassCostsItsReviews() throws Exception {
    Supplier<Optional<Prompt>> broken =
        () -> {
          throw new NoClassDefFoundError("com/example/Missing");
        };
    assertEachReviewIsCountedAsAFailure(broken);
  }

  @Test
  void aStrategyThatReturnsNullCostsItsReviews() throws Exception {
    assertEachReviewIsCountedAsAFailure(() -> null);
  }

  @Test
  void aRunStopsWhenTooManyCallsFailAndGoesOnOnceTheCauseIsMended() throws Exception {
    AtomicInteger fixed = new AtomicInteger();
    var registration =
        register(
            ReflectionStrategy.class,
            strategy(
                () -> {
                  if (fixed.get() == 0) {
                    throw new IllegalStateException("broken");
                  }
                  return Optional.empty();
                }));
    try {
      RunSummary run = SmallRun.run(training, progress -> {}, "steps", "3", "reflection", "faulty");
      assertEquals(RunState.STOPPED, run.state());
      assertEquals(1, run.step());
      assertTrue(
          run.message()
              .matches(
                  "in step 1 (\\d+) of \\1 calls of the reflection strategy failed \\(it threw "
                      + "java.lang.IllegalStateException: broken\\), and failures.most = 0.5; .*"),
          run.message());
      assertEquals(1, RunFiles.of(run).checkpointStep());
      fixed.set(1);
      assertEquals(RunState.FINISHED, training.resume(run.id(), progress -> {}).await().state());
    } finally {
      registration.unregister();
    }
  }

  private static ReflectionStrategy strategy(Supplier<Optional<Prompt>> prompt) {
    return new ReflectionStrategy() {
      @Override
      public Optional<Prompt> reflect(Question question, Attempt attempt) {
        return prompt.get();
      }

      @Override
      public Optional<String> solution(String review) {
        return Optional.empty();
      }
    };
  }

  private void assertEachReviewIsCountedAsAFailure(Supplier<Optional<Prompt>> prompt)
      throws Exception {
    var registration = register(ReflectionStrategy.class, strategy(prompt));
    try {
      RunSummary run =
          SmallRun.run(
              training, progress -> {}, "steps", "2", "reflection", "faulty", "failures.most", "1");
      assertEquals(RunState.FINISHED, run.state());
      for (JsonObject step : metrics(run)) {
        assertTrue(step.get("strategyFailures").getAsInt() > 0, step.toString());
      }
      assertEquals(List.of(), RunFiles.of(run).rollouts("reflect"));
    } finally {
      registration.unregister();
    }
  }

  /** It passes the check of the gold answers and breaks later. */
  @Test
  void whatAVerifierCannotJudgeTakesNoPartInTheUpdate() throws Exception {
    var registration =
        register(
            Verifier.class,
            verifier(
                () -> {
                  throw new IllegalStateException("broken");
                }));
    try {
      RunSummary run = SmallRun.run(training, progress -> {}, "steps", "1", "verifier", "faulty");
      assertEquals(RunState.FINISHED, run.state());
      JsonObject step = metrics(run).get(0);
      assertEquals(step.get("completions"), step.get("unscored"));
      JsonObject rollout = RunFiles.of(run).rollouts("scratch").get(0);
      assertEquals("failed", rollout.get("verdict").getAsString());
      assertTrue(rollout.get("explanation").getAsString().contains("broken"));
      assertEquals(0, rollout.get("advantage").getAsDouble());
    } finally {
      registration.unregister();
    }
  }

  @Test
  void aRunThatFailedGoesOnFromItsCheckpointOnceTheCauseIsMended() throws Exception {
    AtomicInteger step = new AtomicInteger();
    var registration =
        register(
            Verifier.class,
            verifier(
                () -> {
                  if (step.get() == 3) {
                    throw new StackOverflowError("broken");
                  }
                }));
    try {
      String[] set = {"steps", "4", "checkpoint.every", "2", "verifier", "faulty"};
      RunSummary whole = SmallRun.run(training, progress -> {}, set);
      RunHandle handle =
          training.start(
              SmallRun.CONFIGURATION,
              SmallRun.settings(set),
              SmallRun.atStep(3, run -> step.set(3)));
      assertThrows(StackOverflowError.class, handle::await);
      RunSummary failed = training.run(handle.id());
      assertEquals(RunState.FAILED, failed.state());
      assertTrue(failed.message().contains("broken"), failed.message());
      assertEquals(2, RunFiles.of(failed).checkpointStep());

      step.set(0);
      RunSummary fixed = training.resume(handle.id(), progress -> {}).await();
      assertEquals(RunState.FINISHED, fixed.state());
      assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(fixed).metrics());
      assertEquals(RunFiles.of(whole).result(), RunFiles.of(fixed).result());
    } finally {
      registration.unregister();
    }
  }

  /** Judges as the exact verifier, after an action, except for gold answers. */
  private Verifier verifier(Runnable first) {
    return new Verifier() {
      @Override
      public Verdict verify(Problem problem, Response response) {
        if (!response.equals(goldResponse(problem))) {
          first.run();
        }
        return exact.verify(problem, response);
      }

      @Override
      public Response goldResponse(Problem problem) {
        return exact.goldResponse(problem);
      }
    };
  }

  private <S> ServiceRegistration<S> register(Class<S> type, S service) {
    return context.registerService(
        type, service, FrameworkUtil.asDictionary(Map.of("lanpo.name", "faulty")));
  }

  private static List<JsonObject> metrics(RunSummary run) throws IOException {
    return Files.readAllLines(run.folder().resolve("metrics.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }
}
