package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.metrics.TextSample;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.StepFigures;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.fixture.FakeComponents;
import io.lanpo.engine.fixture.FakePlatform;
import io.lanpo.engine.fixture.FakeSink;
import io.lanpo.engine.fixture.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics sinks of a run are told, and that they cannot change it. */
class SinksOfARunTest {
  @TempDir Path home;
  private FakeComponents components;
  private RunManager manager;

  @BeforeEach
  void aPlatform() throws IOException {
    FakePlatform platform = new FakePlatform(home);
    components = platform.components();
    manager = platform.manager();
  }

  private RunSummary run(String sinks, RunListener listener, String... values)
      throws InterruptedException {
    Map<String, String> set = new HashMap<>(Map.of("metrics-sinks", sinks));
    for (int i = 0; i < values.length; i += 2) {
      set.put(values[i], values[i + 1]);
    }
    return manager.start("small", set, listener).await();
  }

  private static void ignore(Progress progress) {}

  private static RunListener atStep(int step, Runnable action) {
    return progress -> {
      if (progress.phase().equals("training") && progress.done() == step) {
        action.run();
      }
    };
  }

  private RunListener stopAt(int step) {
    return progress -> atStep(step, () -> manager.stop(progress.run())).progressed(progress);
  }

  private static List<String> lines(RunSummary run, String file) throws IOException {
    return Files.readAllLines(run.folder().resolve(file)).stream()
        .map(line -> line.replace(run.id(), "RUN").replaceFirst(",\"timing\":.*", ""))
        .toList();
  }

  private static void assertSame(RunSummary expected, RunSummary actual) throws IOException {
    assertEquals(RunState.FINISHED, actual.state(), actual.message());
    for (String file : List.of("metrics.jsonl", "rollouts.jsonl", "lessons.jsonl")) {
      assertEquals(lines(expected, file), lines(actual, file), file);
    }
    assertEquals(expected.result().after(), actual.result().after());
  }

  @Test
  void aSinkIsToldWhatTheFolderHas() throws Exception {
    FakeSink sink = new FakeSink(true);
    components.with(MetricsSink.class, "mine", sink);
    RunSummary run =
        run(" mine ", SinksOfARunTest::ignore, "evaluation.every", "2", "metrics-samples", "2");
    assertEquals(
        List.of(
            "open at 0",
            "evaluated after 0 [ZERO_SHOT, REFLECT, RETRIEVE]",
            "step 1",
            "step 2",
            "evaluated after 2 [ZERO_SHOT]",
            "step 3",
            "step 4",
            "evaluated after 4 [ZERO_SHOT]",
            "evaluated after 4 [ZERO_SHOT, REFLECT, RETRIEVE]",
            "FINISHED at 4: ",
            "close"),
        sink.told());
    RecordedRun told = sink.runs().get(0);
    assertEquals(run.id(), told.id());
    assertEquals("small", told.configuration());
    assertEquals(run.folder(), told.folder());
    assertEquals("4", told.settings().get("steps"));
    assertTrue(told.components().get("metrics-sinks.mine").startsWith("mine, bundle.mine 1.0.0"));
    List<String> lines = Files.readAllLines(run.folder().resolve("metrics.jsonl"));
    for (RecordedStep step : sink.steps()) {
      JsonObject line = JsonParser.parseString(lines.get(step.step() - 1)).getAsJsonObject();
      Map<String, Double> figures = new HashMap<>(step.figures());
      figures.put("step", (double) step.step());
      figures.put("timing.at", step.at());
      assertEquals(StepFigures.of(new Gson().fromJson(line, Map.class)).byName(), figures);
    }
    assertEquals(
        run.result().after(), sink.evaluations().get(sink.evaluations().size() - 1).scores());
    List<TextSample> samples = sink.evaluations().get(0).samples();
    assertEquals(2 * 3, samples.size(), "two problems in three modes");
    assertEquals(
        List.of(EvaluationMode.ZERO_SHOT, EvaluationMode.REFLECT, EvaluationMode.RETRIEVE),
        samples.stream().map(TextSample::mode).distinct().toList());
    TextSample sample = samples.get(0);
    assertTrue(sample.prompt().contains(sample.problem().replace('p', 'q')), sample.toString());
    assertTrue(sample.reward().isPresent() && !sample.completion().isBlank(), sample.toString());
    assertEquals(
        samples.stream()
            .filter(s -> s.mode() == EvaluationMode.ZERO_SHOT)
            .map(TextSample::problem)
            .toList(),
        sink.evaluations().get(1).samples().stream().map(TextSample::problem).toList());
  }

  @Test
  void sinksThatFailOrHangOrGoAwayLeaveARunAsItIs() throws Exception {
    RunSummary whole = run("", SinksOfARunTest::ignore);
    FakeSink good = new FakeSink(true);
    CountDownLatch never = new CountDownLatch(1);
    components
        .with(MetricsSink.class, "good", good)
        .with(MetricsSink.class, "gone", new FakeSink(true))
        .with(
            MetricsSink.class,
            "throwing",
            (MetricsSink)
                told -> {
                  throw new IllegalStateException("oh");
                })
        .with(
            MetricsSink.class,
            "hanging",
            (MetricsSink)
                told -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  throw new IllegalStateException("never");
                });
    RunSummary run =
        run(
            "throwing | hanging | gone | good | tensorboard",
            atStep(2, () -> components.remove(MetricsSink.class, "gone")),
            "metrics-limit",
            "1");
    assertSame(whole, run);
    assertEquals(4, good.steps().size());
    assertTrue(components.held().isEmpty(), "what was pinned is given back");
  }

  @Test
  void aRunThatGoesOnHasEachStepOnce() throws Exception {
    FakeSink keeping = new FakeSink(true);
    FakeSink fresh = new FakeSink(false);
    components.with(MetricsSink.class, "keeping", keeping).with(MetricsSink.class, "fresh", fresh);
    RunSummary stopped = run("keeping | fresh", stopAt(2));
    assertEquals(RunState.STOPPED, stopped.state());
    assertTrue(keeping.told().contains("STOPPED at 2: stopped on request"));
    manager.resume(stopped.id(), SinksOfARunTest::ignore).await();
    assertEquals(List.of(1, 2, 3, 4), keeping.steps().stream().map(RecordedStep::step).toList());
    assertEquals(
        List.of(1, 2, 1, 2, 3, 4), fresh.steps().stream().map(RecordedStep::step).toList());
    assertEquals(List.of(0, 2), keeping.runs().stream().map(RecordedRun::step).toList());
    assertEquals(List.of(0, 4), keeping.evaluations().stream().map(e -> e.step()).toList());
  }

  @Test
  void aRunThatFailsSaysSo() throws Exception {
    FakeSink sink = new FakeSink(true);
    components.with(MetricsSink.class, "mine", sink);
    Fault fault =
        new Fault(
            ComponentKind.OBJECTIVE,
            "updates",
            result -> {
              throw new IllegalStateException("oh");
            });
    components.with(Objective.class, "faulty", fault.component());
    RunHandle started =
        manager.start(
            "small",
            Map.of("metrics-sinks", "mine", "objective", "faulty"),
            atStep(2, fault::begin));
    assertThrows(UserException.class, started::await);
    String last = sink.told().get(sink.told().size() - 2);
    assertTrue(last.matches("FAILED at 2: in step 3: .*oh at .*SinksOfARunTest.*"), last);
  }

  @Test
  void aNameThatIsNotThereRefusesARunThatBeginsAndNotOneThatGoesOn() throws Exception {
    UserException refusal =
        assertThrows(
            UserException.class,
            () ->
                manager.start("small", Map.of("metrics-sinks", "nobody"), SinksOfARunTest::ignore));
    assertEquals("--set: metrics-sinks = nobody: there is none of that name", refusal.getMessage());
    UserException twice =
        assertThrows(
            UserException.class,
            () ->
                manager.start(
                    "small",
                    Map.of("metrics-sinks", "tensorboard|tensorboard"),
                    SinksOfARunTest::ignore));
    assertEquals(
        "--set: metrics-sinks = tensorboard|tensorboard has tensorboard twice", twice.getMessage());
    assertTrue(manager.runs().isEmpty());
    assertTrue(components.held().isEmpty());
    components.with(MetricsSink.class, "mine", new FakeSink(true));
    RunSummary whole = run("", SinksOfARunTest::ignore);
    RunSummary stopped = run("mine", stopAt(1));
    components.remove(MetricsSink.class, "mine");
    assertSame(whole, manager.resume(stopped.id(), SinksOfARunTest::ignore).await());
  }
}
