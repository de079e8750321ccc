package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.fixture.FakeComponents;
import io.lanpo.engine.fixture.FakeMethod;
import io.lanpo.engine.fixture.FakePlatform;
import io.lanpo.engine.fixture.FakeStrategies;
import io.lanpo.engine.fixture.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What decides on the method of a run (decision 0014), each kind and each component of the product:
 * one seed is the same bits, also after a stop; a run keeps what it began with; what fails is named
 * and costs no step that was taken.
 */
class MethodOfARunTest {
  private static final List<String> LOGS =
      List.of("metrics.jsonl", "rollouts.jsonl", "lessons.jsonl");

  @TempDir Path home;
  private FakeComponents components;
  private RunManager manager;

  @BeforeEach
  void aPlatform() throws IOException {
    FakePlatform platform = new FakePlatform(home);
    components = platform.components();
    manager = platform.manager();
  }

  /** With these values, and a filter to which lessons of all problems are relevant. */
  private static Map<String, String> set(String... values) {
    Map<String, String> all =
        new HashMap<>(Map.of("feedback.floor", "0", "feedback.duplicate-overlap", "1"));
    for (int i = 0; i < values.length; i += 2) {
      all.put(values[i], values[i + 1]);
    }
    return all;
  }

  private RunSummary run(Map<String, String> set, RunListener listener)
      throws InterruptedException {
    return manager.start("small", set, listener).await();
  }

  private RunSummary undisturbed(String... values) throws InterruptedException {
    RunSummary run = run(set(values), MethodOfARunTest::ignore);
    assertEquals(RunState.FINISHED, run.state(), run.message());
    return run;
  }

  private static void ignore(Progress progress) {}

  private static RunListener atStep(int step, Consumer<String> action) {
    return progress -> {
      if (progress.phase().equals("training") && progress.done() == step) {
        action.accept(progress.run());
      }
    };
  }

  private static void assertSame(RunSummary expected, RunSummary actual) throws IOException {
    assertEquals(RunState.FINISHED, actual.state(), actual.message());
    for (String file : LOGS) {
      assertEquals(lines(expected, file), lines(actual, file), file);
    }
    assertEquals(expected.result().after(), actual.result().after());
  }

  private static List<String> lines(RunSummary run, String file) throws IOException {
    return Files.readAllLines(run.folder().resolve(file)).stream()
        .map(line -> line.replace(run.id(), "RUN").replaceFirst(",\"timing\":.*", ""))
        .toList();
  }

  static Stream<Arguments> components() {
    return FakeMethod.names().entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(name -> Arguments.of(e.getKey(), name)));
  }

  /** Each component, and those that are one method together, as they are and a step ahead. */
  static Stream<String> methods() {
    return Stream.concat(
            components()
                .map(of -> "%s=%s".formatted(((ComponentKind) of.get()[0]).key(), of.get()[1])),
            Stream.of(
                "planner=experiential attempts=failed objective=experiential",
                "planner=per-prompt attempts=other objective=lanpo-paper schedule=cosine",
                "objective=none lessons=curated",
                "objective=self-distillation objective.feedback=explanation"))
        .flatMap(method -> Stream.of(method, method + " staleness=1"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void oneSeedIsTheSameBitsTwiceAndAfterAStop(String method) throws Exception {
    String[] values = method.split("[ =]");
    RunSummary whole = undisturbed(values);
    assertFalse(lines(whole, "lessons.jsonl").isEmpty());
    assertSame(whole, undisturbed(values));
    RunSummary stopped = run(set(values), atStep(1, manager::stop));
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals(1, stopped.step());
    assertSame(whole, manager.resume(stopped.id(), MethodOfARunTest::ignore).await());
  }

  @ParameterizedTest
  @MethodSource("components")
  void aRunWhoseComponentGoesAwayStopsAndGoesOnWhenItIsBack(ComponentKind kind, String name)
      throws Exception {
    RunSummary whole = undisturbed(kind.key(), name);
    RunSummary stopped =
        run(set(kind.key(), name), atStep(1, id -> components.remove(kind.service(), name)));
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals(
        "the %s %s went away; bring back bundle bundle.%s 1.0.0"
            .formatted(kind.title(), name, name),
        stopped.message());
    UserException missing =
        assertThrows(
            UserException.class, () -> manager.resume(stopped.id(), MethodOfARunTest::ignore));
    assertTrue(
        String.valueOf(missing.getMessage()).contains("%s = %s".formatted(kind.key(), name)),
        missing.getMessage());
    components.with(kind.service(), name, FakeMethod.component(kind, name));
    assertSame(whole, manager.resume(stopped.id(), MethodOfARunTest::ignore).await());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLANNER", "ATTEMPTS", "LESSONS", "OBJECTIVE", "SCHEDULE"})
  void whatIsNotThereRefusesTheRunAndLeavesNothing(ComponentKind kind) {
    UserException refusal =
        assertThrows(
            UserException.class,
            () -> manager.start("small", set(kind.key(), "nobody"), MethodOfARunTest::ignore));
    assertEquals(
        "--set: %s = nobody: there is none of that name".formatted(kind.key()),
        refusal.getMessage());
    assertTrue(manager.runs().isEmpty());
    assertTrue(components.held().isEmpty());
  }

  /** The new one cannot be opened: it is named, and the pool is closed again. */
  @ParameterizedTest
  @EnumSource(names = {"PLANNER", "ATTEMPTS", "LESSONS", "OBJECTIVE", "SCHEDULE"})
  void anotherOneServesTheNextRunAndNotThisOne(ComponentKind kind) throws Exception {
    String name = kind.defaultName();
    RunSummary whole = undisturbed();
    RunSummary during =
        run(set(), atStep(1, id -> components.with(kind.service(), name, Fault.unopenable(kind))));
    assertSame(whole, during);
    UserException refused =
        assertThrows(
            UserException.class, () -> manager.start("small", set(), MethodOfARunTest::ignore));
    assertBegins(
        "the %s %s of bundle bundle.%s 1.0.0 threw java.lang.IllegalStateException: not today at "
            .formatted(kind.title(), name, name),
        refused);
    assertTrue(components.held().isEmpty());
    assertEquals(2, manager.runs().size(), "nothing is left of the third");
  }

  /** In a field it could pass on to a review what it was told when it distilled. */
  @Test
  void whatReviewsAndIsToldVerdictsAsAnotherIsRefused() {
    components.with(ReflectionStrategy.class, "both", new FakeStrategies());
    UserException refusal =
        assertThrows(
            UserException.class,
            () -> manager.start("small", set("reflection", "both"), MethodOfARunTest::ignore));
    assertEquals(
        "the reflection strategy both of bundle bundle.both 1.0.0 implements AbstractionStrategy, too,"
            + " which is told how attempts were judged",
        refusal.getMessage());
    assertTrue(components.held().isEmpty());
    assertTrue(manager.runs().isEmpty());
  }

  private static void assertBegins(String expected, UserException told) {
    String message = String.valueOf(told.getMessage());
    assertTrue(message.startsWith(expected), message);
  }

  private static UnaryOperator<Object> thrown(Error error) {
    return result -> {
      throw error;
    };
  }

  /** Advantages of two groups of four completions. */
  private static List<double[]> of(double advantage) {
    return List.of(new double[] {advantage, 0, 0, 0}, new double[4]);
  }

  private static Object oh(Object result) {
    throw new IllegalStateException("oh");
  }

  private static Arguments fault(
      ComponentKind kind, String method, UnaryOperator<Object> instead, String what) {
    return Arguments.of(kind, new Fault(kind, method, instead), what);
  }

  static Stream<Arguments> faults() {
    String threw =
        "threw java.lang.IllegalStateException: oh at io.lanpo.engine.run.lifecycle.MethodOfARunTest.oh(";
    UnaryOperator<Object> oh = MethodOfARunTest::oh;
    UnaryOperator<Object> none = result -> null;
    String noPlan = "returned a plan that is not one of 2 problems with 4 completions each";
    return Stream.of(
        fault(ComponentKind.PLANNER, "of", oh, threw),
        fault(ComponentKind.PLANNER, "of", none, "returned null"),
        fault(ComponentKind.PLANNER, "of", plan -> List.of(), noPlan),
        fault(
            ComponentKind.PLANNER,
            "of",
            plan -> Collections.nCopies(3, ((List<?>) plan).get(0)),
            noPlan),
        fault(ComponentKind.PLANNER, "of", plan -> Arrays.asList(null, null), noPlan),
        fault(
            ComponentKind.PLANNER,
            "of",
            plan -> Collections.nCopies(2, Collections.nCopies(4, null)),
            noPlan),
        fault(
            ComponentKind.PLANNER,
            "of",
            plan -> Collections.nCopies(2, Collections.nCopies(5, FeedbackMode.ABSTRACT)),
            noPlan),
        fault(
            ComponentKind.PLANNER,
            "of",
            plan -> Collections.nCopies(2, Collections.nCopies(4, "reflect")),
            noPlan),
        fault(ComponentKind.OBJECTIVE, "advantages", oh, threw),
        fault(ComponentKind.OBJECTIVE, "advantages", none, "returned null"),
        fault(
            ComponentKind.OBJECTIVE,
            "advantages",
            all -> List.of(),
            "gave advantages of 0 groups, and there are 2"),
        fault(
            ComponentKind.OBJECTIVE,
            "advantages",
            all -> of(Double.NaN),
            "gave the advantage NaN to a completion with the reward "),
        fault(
            ComponentKind.OBJECTIVE,
            "advantages",
            all -> of(Double.NEGATIVE_INFINITY),
            "gave the advantage -Infinity to a completion with the reward "),
        fault(
            ComponentKind.OBJECTIVE,
            "advantages",
            all -> List.of(new double[1], new double[4]),
            "gave 1 advantages to a group of 4 completions"),
        fault(
            ComponentKind.OBJECTIVE,
            "advantages",
            all -> Collections.nCopies(2, null),
            "gave null as the advantages of a group"),
        fault(ComponentKind.OBJECTIVE, "updates", oh, threw),
        fault(
            ComponentKind.OBJECTIVE,
            "updates",
            thrown(new StackOverflowError()),
            "threw java.lang.StackOverflowError at io.lanpo.engine.run.lifecycle.MethodOfARunTest."),
        fault(
            ComponentKind.OBJECTIVE,
            "updates",
            thrown(new OutOfMemoryError("Java heap space")),
            "threw java.lang.OutOfMemoryError: Java heap space at "),
        fault(
            ComponentKind.OBJECTIVE,
            "updates",
            thrown(new NoClassDefFoundError("com/example/Missing")),
            "threw java.lang.NoClassDefFoundError: com/example/Missing at "),
        fault(
            ComponentKind.OBJECTIVE,
            "updates",
            updates -> new Updates(3, Collections.nCopies(1, null), false, Map.of()),
            "threw java.lang.NullPointerException"),
        fault(
            ComponentKind.OBJECTIVE,
            "updates",
            updates -> new Updates(3, List.of(), true, Map.of("step", 7)),
            "gave a figure the name 'step', and it needs one of its own"),
        fault(ComponentKind.OBJECTIVE, "updates", none, "returned null"),
        fault(
            ComponentKind.OBJECTIVE,
            "updates",
            updates -> new Updates(9, List.of(), true, Map.of()),
            "gave updates of step 9 when it was asked for those of step 3"),
        fault(ComponentKind.SCHEDULE, "share", oh, threw),
        fault(
            ComponentKind.SCHEDULE,
            "share",
            share -> 2.0,
            "gave step 3 of 4 the share 2.0 of the peak, which must be from 0 to 1"),
        fault(
            ComponentKind.SCHEDULE,
            "share",
            share -> Double.NaN,
            "gave step 3 of 4 the share NaN of the peak, which must be from 0 to 1"),
        fault(
            ComponentKind.SCHEDULE,
            "share",
            share -> -0.1,
            "gave step 3 of 4 the share -0.1 of the peak, which must be from 0 to 1"));
  }

  /** Without a plan, an objective or a rate there is no step; those before it are kept. */
  @ParameterizedTest
  @MethodSource("faults")
  void whatEveryStepNeedsStopsTheRunWithACheckpoint(ComponentKind kind, Fault fault, String what)
      throws Exception {
    RunSummary whole = undisturbed();
    components.with(kind.service(), "faulty", fault.component());
    RunHandle started =
        manager.start(
            "small",
            set(kind.key(), "faulty", "checkpoint.every", "100"),
            atStep(2, id -> fault.begin()));
    UserException told = assertThrows(UserException.class, started::await);
    assertBegins(
        "in step 3: the %s faulty of bundle bundle.faulty 1.0.0 %s".formatted(kind.title(), what),
        told);
    assertEquals(
        "Fix its bundle and resume the run, or start another one without it.", told.nextStep());
    RunSummary failed = manager.run(started.id());
    assertEquals(RunState.FAILED, failed.state());
    assertTrue(Files.isDirectory(failed.folder().resolve("checkpoints/step-000002")));
    fault.repair();
    assertSame(whole, manager.resume(failed.id(), MethodOfARunTest::ignore).await());
  }

  static Stream<Arguments> selectors() {
    String threw = "threw java.lang.IllegalStateException: oh";
    Lesson foreign = new Lesson("mine", Lesson.Kind.PRINCIPLE, "mine", new Question("p", "p"));
    return Stream.of(
        fault(ComponentKind.ATTEMPTS, "choose", MethodOfARunTest::oh, threw),
        fault(ComponentKind.ATTEMPTS, "choose", text -> null, "returned null"),
        fault(
            ComponentKind.ATTEMPTS,
            "choose",
            text -> Optional.of("the answer is 4"),
            "chose a text that is no attempt which it was offered"),
        fault(ComponentKind.ATTEMPTS, "lacking", place -> null, "returned null"),
        fault(
            ComponentKind.ATTEMPTS,
            "lacking",
            place -> OptionalInt.of(99),
            "lacks question 99 of 2"),
        fault(
            ComponentKind.ATTEMPTS,
            "lacking",
            place -> OptionalInt.of(-1),
            "lacks question -1 of 2"),
        fault(ComponentKind.LESSONS, "choose", MethodOfARunTest::oh, threw),
        fault(ComponentKind.LESSONS, "choose", lessons -> null, "returned null"),
        fault(
            ComponentKind.LESSONS,
            "choose",
            lessons -> List.of(foreign),
            "chose a lesson that it was not offered"));
  }

  /** A selector costs its feedback, and stops the run where that happens too often. */
  @ParameterizedTest
  @MethodSource("selectors")
  void whatASelectorCannotChooseCostsItsFeedback(ComponentKind kind, Fault fault, String what)
      throws Exception {
    components.with(kind.service(), "faulty", fault.component());
    RunListener inStepThree =
        progress -> {
          atStep(2, id -> fault.begin()).progressed(progress);
          atStep(3, id -> fault.repair()).progressed(progress);
        };
    RunSummary borne = run(set(kind.key(), "faulty", "failures.most", "1"), inStepThree);
    assertEquals(RunState.FINISHED, borne.state(), borne.message());
    for (int step = 1; step <= 4; step++) {
      assertEquals(
          step != 3,
          lines(borne, "metrics.jsonl").get(step - 1).contains("\"strategyFailures\":0,"),
          "step " + step);
    }
    RunSummary stopped = run(set(kind.key(), "faulty", "failures.most", "0"), inStepThree);
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertEquals(3, stopped.step());
    String why = stopped.message();
    String calls = "in step 3 \\d+ of \\d+ calls of the %s failed \\(it ".formatted(kind.title());
    assertTrue(why.matches("(?s)" + calls + Pattern.quote(what) + ".*"), why);
    String advice = "; fix the %s faulty of bundle bundle.faulty 1.0.0, or allow more";
    assertTrue(why.endsWith(advice.formatted(kind.title())), why);
    assertTrue(Files.isDirectory(stopped.folder().resolve("checkpoints/step-000003")));
    assertSame(borne, manager.resume(stopped.id(), MethodOfARunTest::ignore).await());
  }
}
