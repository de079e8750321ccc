package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * A run keeps the components it began with. The example strategy, given the name of the default by
 * a configuration, comes and goes through deploy/ while runs train.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class PinningIT {
  private static final String DEFAULT = "io.lanpo.reflection";
  private static final String EXAMPLE = "io.lanpo.example.strategy";
  private static final String NAME = "micro";

  private static @Nullable RunSummary undisturbed;

  @OsgiService TrainingService training;
  @OsgiService ComponentCatalogue catalogue;
  @OsgiService BundleContext context;

  @AfterEach
  void takeBack() throws IOException {
    Files.deleteIfExists(jar());
    await(() -> !serving().contains(EXAMPLE));
  }

  @Test
  @Tag("full")
  void aStrategyThatArrivesServesTheNextRunAndItsLeavingFallsBack() throws Exception {
    RunSummary whole = undisturbed();
    RunSummary during = SmallRun.run(training, SmallRun.atStep(2, run -> deploy()), "steps", "6");
    assertEquals(List.of(EXAMPLE, DEFAULT), serving());
    assertEquals(RunState.FINISHED, during.state());
    assertEquals(DEFAULT, RunFiles.of(during).bundle("reflection"));
    assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(during).metrics());
    assertEquals(RunFiles.of(whole).rollouts(), RunFiles.of(during).rollouts());

    RunSummary next = SmallRun.run(training, progress -> {}, "steps", "2");
    assertEquals(EXAMPLE, RunFiles.of(next).bundle("reflection"));
    assertAttemptsShown(next, PinningIT::withoutAnswer);
    assertAttemptsShown(during, attempt -> attempt);

    withdraw();
    assertEquals(List.of(DEFAULT), serving());
    RunSummary after = SmallRun.run(training, progress -> {}, "steps", "2");
    assertEquals(DEFAULT, RunFiles.of(after).bundle("reflection"));
  }

  @Test
  void theCatalogueTellsWhichRunHoldsWhat() throws Exception {
    deploy();
    RunSummary run =
        SmallRun.run(
            training,
            SmallRun.atStep(
                1,
                id -> {
                  assertEquals(List.of(id), reflection(EXAMPLE).orElseThrow().pinnedBy());
                  assertEquals(List.of(), reflection(DEFAULT).orElseThrow().pinnedBy());
                }),
            "steps",
            "2");
    assertEquals(RunState.FINISHED, run.state());
    assertEquals(List.of(), reflection(EXAMPLE).orElseThrow().pinnedBy());
  }

  @Test
  void aRunWhoseStrategyLeavesStopsAndGoesOnWhenItIsBack() throws Exception {
    deploy();
    RunSummary whole = SmallRun.run(training, progress -> {}, "steps", "6");

    RunSummary stopped =
        SmallRun.run(training, SmallRun.atStep(2, run -> withdraw()), "steps", "6");
    assertEquals(RunState.STOPPED, stopped.state());
    assertEquals(2, stopped.step());
    assertTrue(stopped.message().contains("bring back bundle " + EXAMPLE), stopped.message());
    assertEquals(2, RunFiles.of(stopped).checkpointStep());

    UserException refusal =
        assertThrows(UserException.class, () -> training.resume(stopped.id(), progress -> {}));
    assertTrue(String.valueOf(refusal.getMessage()).contains(EXAMPLE), refusal.getMessage());
    assertEquals(RunState.STOPPED, training.run(stopped.id()).state());

    deploy();
    RunSummary resumed = training.resume(stopped.id(), progress -> {}).await();
    assertEquals(RunState.FINISHED, resumed.state());
    assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(resumed).metrics());
    assertEquals(RunFiles.of(whole).rollouts(), RunFiles.of(resumed).rollouts());
    assertEquals(RunFiles.of(whole).result(), RunFiles.of(resumed).result());
  }

  @Test
  @Tag("full")
  void aRunWhoseStrategyGetsAnotherConfigurationStopsAndGoesOnWhenItIsPutBack() throws Exception {
    deploy();
    RunSummary whole = SmallRun.run(training, progress -> {}, "steps", "4");

    RunSummary stopped =
        SmallRun.run(
            training, SmallRun.atStep(2, run -> configure("hide-from = gives\n")), "steps", "4");
    assertEquals(RunState.STOPPED, stopped.state());
    assertEquals(2, stopped.step());
    assertTrue(stopped.message().contains("was replaced: its configuration"), stopped.message());
    UserException refusal =
        assertThrows(UserException.class, () -> training.resume(stopped.id(), progress -> {}));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .endsWith("whose hide-from was 'answer'; now it is 'gives'"),
        refusal.getMessage());

    configure("");
    RunSummary resumed = training.resume(stopped.id(), progress -> {}).await();
    assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(resumed).metrics());
  }

  @Test
  void aRunWhosePoolLeavesStopsAndGoesOn() throws Exception {
    whicheverComponentLeavesTheRunStopsAndGoesOn("io.lanpo.pool.chronicle", "lexical");
  }

  @ParameterizedTest
  @CsvSource({
    "io.lanpo.tasks, lexical",
    "io.lanpo.policy.djl, lexical",
    "io.lanpo.verifier.exact, lexical",
    "io.lanpo.reflection, lexical",
    "io.lanpo.abstraction, lexical",
    "io.lanpo.feedback, lexical",
    "io.lanpo.objective, lexical",
    "io.lanpo.schedule, lexical",
    "io.lanpo.similarity, lexical",
    "io.lanpo.similarity.minilm, minilm"
  })
  @Tag("full")
  void whicheverComponentLeavesTheRunStopsAndGoesOn(String name, String filter) throws Exception {
    Bundle bundle =
        Stream.of(context.getBundles())
            .filter(b -> b.getSymbolicName().equals(name))
            .findFirst()
            .orElseThrow();
    RunSummary stopped;
    try {
      stopped =
          SmallRun.run(
              training,
              SmallRun.atStep(2, run -> stop(bundle)),
              "steps",
              "6",
              "similarity",
              filter);
    } finally {
      bundle.start();
    }
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    assertTrue(stopped.message().contains("bring back bundle " + name), stopped.message());
    RunSummary resumed = training.resume(stopped.id(), progress -> {}).await();
    RunSummary whole =
        filter.equals("lexical")
            ? undisturbed()
            : SmallRun.run(training, progress -> {}, "steps", "6", "similarity", filter);
    assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(resumed).metrics());
    assertEquals(RunFiles.of(whole).result(), RunFiles.of(resumed).result());
  }

  private RunSummary undisturbed() throws InterruptedException {
    RunSummary run = undisturbed;
    if (run == null) {
      assertEquals(List.of(DEFAULT), serving());
      run = SmallRun.run(training, progress -> {}, "steps", "6");
      undisturbed = run;
    }
    return run;
  }

  /** Every review was shown as much of an attempt; the example hides the end. */
  private static void assertAttemptsShown(RunSummary run, UnaryOperator<String> shown)
      throws IOException {
    Set<String> attempts =
        RunFiles.of(run).rollouts("scratch").stream()
            .map(line -> line.get("text").getAsString())
            .map(shown)
            .collect(Collectors.toSet());
    List<JsonObject> reviews = RunFiles.of(run).rollouts("reflect");
    assertFalse(reviews.isEmpty());
    for (JsonObject review : reviews) {
      String prompt = review.get("prompt").getAsString();
      String attempt = prompt.replaceFirst(".* attempt : ", "").replaceFirst(" review :$", "");
      assertTrue(attempts.contains(attempt), prompt);
    }
  }

  private static String withoutAnswer(String attempt) {
    return attempt.substring(0, Math.max(0, attempt.lastIndexOf(" answer ")));
  }

  private void deploy() {
    try (Stream<Path> jars =
        Files.list(ProductOptions.home().resolve("target/lanpo/bundles/20-examples"))) {
      Path example =
          jars.filter(j -> j.getFileName().toString().startsWith(EXAMPLE))
              .findFirst()
              .orElseThrow();
      Files.copy(example, jar(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(() -> serving().contains(EXAMPLE));
  }

  private void withdraw() {
    try {
      Files.delete(jar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(() -> !serving().contains(EXAMPLE));
  }

  private void configure(String options) {
    Object before = ranked().getProperty(Constants.SERVICE_ID);
    try {
      Files.writeString(
          Path.of(String.valueOf(context.getProperty("lanpo.configs"))).resolve(EXAMPLE + ".cfg"),
          "lanpo.name = " + NAME + "\n" + options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(
        () ->
            serving().contains(EXAMPLE)
                && !before.equals(ranked().getProperty(Constants.SERVICE_ID)));
  }

  private ServiceReference<ReflectionStrategy> ranked() {
    return Objects.requireNonNull(context.getServiceReference(ReflectionStrategy.class));
  }

  private static void stop(Bundle bundle) {
    try {
      bundle.stop();
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path jar() {
    return Path.of(String.valueOf(context.getProperty("lanpo.deploy"))).resolve("example.jar");
  }

  /** Bundles of the reflection strategies of the name, the one that serves first. */
  private List<String> serving() {
    return catalogue.components().stream()
        .filter(c -> c.kind().equals("reflection") && c.name().equals(NAME))
        .map(ComponentState::bundle)
        .toList();
  }

  private Optional<ComponentState> reflection(String bundle) {
    return catalogue.components().stream()
        .filter(c -> c.kind().equals("reflection") && c.name().equals(NAME))
        .filter(c -> c.bundle().equals(bundle))
        .findFirst();
  }

  private void await(Callable<Boolean> condition) {
    Await.until(this::serving, condition);
  }
}
