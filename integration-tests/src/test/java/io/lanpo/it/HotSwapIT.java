package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A strategy is dropped in, changed, broken and taken away while the platform runs. A new version
 * is tried beside the one that serves; what is broken changes nothing and is told.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class HotSwapIT {
  /** Kept class loaders show in the number of classes; this is for what is kept beside them. */
  private static final long LEAK_BOUND = 16L << 20;

  @OsgiService TrainingService training;
  @OsgiService ComponentCatalogue catalogue;
  @OsgiService Deployments deployments;
  @OsgiService BundleContext context;

  @TempDir Path work;

  private final BlockingQueue<Deployment> told = new LinkedBlockingQueue<>();
  private ServiceRegistration<?> listener;

  @BeforeEach
  void listen() {
    listener =
        context.registerService(DeploymentListener.class, (DeploymentListener) this::hear, null);
  }

  private void hear(Deployment outcome) {
    if (outcome.file().getFileName().toString().matches("(critique|other)\\.jar")) {
      told.add(outcome);
    }
  }

  @AfterEach
  void takeBack() throws IOException {
    for (String name : List.of("critique.jar", "other.jar")) {
      Files.deleteIfExists(deploy().resolve(name));
    }
    await(
        () ->
            serving().isEmpty()
                && deployments.deployments().stream()
                    .noneMatch(d -> d.file().getParent().equals(deploy())));
    listener.unregister();
  }

  @Test
  void aJarServesAndGoesWithItsFile() throws Exception {
    Files.write(critique(), strategy().bytes());
    Deployment outcome = next();
    assertEquals(Deployment.State.ACTIVE, outcome.state(), outcome.message());
    assertEquals("bundle it.strategy 1.0.0 brings reflection my-critique", outcome.message());
    assertEquals(List.of("it.strategy 1.0.0"), serving());
    Files.delete(critique());
    assertEquals(Deployment.State.REMOVED, told().state());
    assertEquals(List.of(), serving());
    assertTrue(deployments.deployments().stream().noneMatch(d -> d.file().equals(critique())));
  }

  @Test
  void aNewVersionTakesThePlaceOfTheOld() throws Exception {
    strategy().into(critique());
    next();
    strategy().bundle("it.strategy", "1.1.0").into(critique());
    Deployment outcome = next();
    assertTrue(outcome.message().endsWith("; it has replaced the one before"), outcome.message());
    assertEquals(List.of("it.strategy 1.1.0"), serving());
    assertEquals(1, bundles("it.strategy"));
    // the same version built again is a new version, too, and so is an older one
    strategy().bundle("it.strategy", "1.1.0").marker("again :").into(critique());
    next();
    strategy().into(critique());
    next();
    assertEquals(List.of("it.strategy 1.0.0"), serving());
    assertEquals(1, bundles("it.strategy"));
  }

  @Test
  void whatIsBrokenIsRefusedInWordsAndTheOldOneStays() throws Exception {
    strategy().into(critique());
    next();
    refused(
        strategy().alsoImports("com.example.missing;version=\"[2,3)\""),
        "it imports the package com.example.missing, which no bundle exports",
        "Put the classes into the bundle itself");
    refused(
        strategy().imports("io.lanpo.api.feedback;version=\"[7,8)\",io.lanpo.api.task"),
        "it imports the package io.lanpo.api.feedback [7.0.0,8.0.0), and here it is 2.1.0",
        "built against another version of the API");
    refused(strategy().java("21"), "it was built for Java 21, and this is Java 17", "release = 17");
    refused(
        strategy().constructor("throw new IllegalStateException(\"no model here\");"),
        "reflection my-critique: IllegalStateException: no model here",
        "Fix its configuration file or its constructor");
    Files.writeString(critique(), "half a jar");
    Deployment half = next();
    assertTrue(half.message().startsWith("it is not a whole jar"), half.message());
    assertEquals(List.of("it.strategy 1.0.0"), serving());
    strategy().bundle("it.strategy", "1.2.0").into(critique());
    assertEquals(Deployment.State.ACTIVE, next().state());
    assertEquals(List.of("it.strategy 1.2.0"), serving());
  }

  @Test
  @Tag("full")
  void aConstructorThatDoesNotReturnIsGivenUp() throws Exception {
    strategy().into(critique());
    next();
    refused(
        strategy().constructor("Thread.sleep(600_000);"),
        "the constructor of it.strategy.Critique did not return within 10 s",
        "A constructor or an activator must not wait");
  }

  @Test
  void aJarThatIsNoBundleIsToldSo() throws Exception {
    Files.write(critique(), noBundle());
    Deployment outcome = next();
    assertEquals(Deployment.State.REFUSED, outcome.state());
    assertTrue(outcome.message().startsWith("it is a jar, but no bundle"), outcome.message());
    assertTrue(deployments.deployments().contains(outcome));
  }

  @Test
  void aTrialLeavesNothingBehind() throws Exception {
    Path jar = work.resolve("trial.jar");
    strategy().into(jar);
    assertEquals(Deployment.State.ACTIVE, deployments.trial(jar).state());
    strategy().constructor("throw new Error(\"x\");").into(jar);
    assertEquals(Deployment.State.REFUSED, deployments.trial(jar).state());
    assertEquals(List.of(), serving());
    assertEquals(0, bundles("it.strategy"));
  }

  @Test
  void aRunKeepsTheVersionItBeganWithAndTheNextTakesTheNew() throws Exception {
    strategy().into(critique());
    next();
    RunSummary whole = run();
    RunSummary during =
        SmallRun.run(
            training,
            SmallRun.atStep(
                2,
                run -> {
                  put(strategy().bundle("it.strategy", "1.1.0").marker("answer review :"));
                  Deployment outcome = next();
                  assertTrue(
                      outcome
                          .message()
                          .endsWith("; runs that hold the one before keep it to their end"),
                      outcome.message());
                }),
            "steps",
            "4",
            "reflection",
            "my-critique");
    assertEquals(RunState.FINISHED, during.state(), during.message());
    assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(during).metrics());
    assertEquals(RunFiles.of(whole).rollouts(), RunFiles.of(during).rollouts());
    await(() -> bundles("it.strategy") == 1);
    RunSummary after = run();
    assertEquals("1.1.0", version(after));
    assertTrue(
        RunFiles.of(after).rollouts("reflect").stream()
            .allMatch(line -> line.get("prompt").getAsString().endsWith("answer review :")));
  }

  @Test
  @Tag("full")
  void twoVersionsSideBySideAreChosenByNameAndVersion() throws Exception {
    strategy().into(critique());
    next();
    strategy().bundle("it.strategy", "2.0.0").into(deploy().resolve("other.jar"));
    next();
    assertEquals(List.of("it.strategy 2.0.0", "it.strategy 1.0.0"), serving());
    assertEquals("2.0.0", version(run()));
    assertEquals("1.0.0", version(run("my-critique@1.0")));
    assertEquals("2.0.0", version(run("my-critique@2.0.0")));
  }

  @Test
  void aStrategyBuiltAgainstTheRecordedApiStillRuns() throws Exception {
    Path recorded = work.resolve("recorded.jar");
    try (InputStream in = HotSwapIT.class.getResourceAsStream("/api/recorded.jar")) {
      Files.copy(in, recorded);
    }
    strategy().against(recorded).into(critique());
    assertEquals(Deployment.State.ACTIVE, next().state());
    assertEquals("1.0.0", version(run()));
  }

  @Test
  void theHigherRankingServes() throws Exception {
    strategy().ranking(5).into(critique());
    next();
    strategy().bundle("it.other", "9.0.0").into(deploy().resolve("other.jar"));
    next();
    assertEquals(List.of("it.strategy 1.0.0", "it.other 9.0.0"), serving());
  }

  @Test
  @Tag("full")
  void aHundredSwapsLeaveNothingBehind() throws Exception {
    strategy().into(critique());
    next();
    for (int i = 0; i < 20; i++) {
      swap(i);
    }
    NativeMemory.outsideTheHeap(); // loads classes of its own
    System.gc();
    long outside = NativeMemory.outsideTheHeap();
    long classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    int threads = Thread.activeCount();
    for (int i = 20; i < 70; i++) {
      swap(i);
    }
    System.gc();
    long halfway = NativeMemory.outsideTheHeap();
    for (int i = 70; i < 120; i++) {
      swap(i);
    }
    await(
        () -> {
          System.gc();
          // each version has one class; fifty would be half of what a leak leaves
          return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() < classes + 50;
        });
    assertTrue(Thread.activeCount() <= threads + 2, Thread.activeCount() + " > " + threads);
    // a leak grows in both halves; compiled code and arenas grow by leaps, whoever has run here
    long first = halfway - outside;
    long second = NativeMemory.outsideTheHeap() - halfway;
    assertTrue(
        Math.min(first, second) < LEAK_BOUND / 2,
        "native memory has grown by %d and %d KB".formatted(first >> 10, second >> 10));
    assertEquals(1, bundles("it.strategy"));
  }

  private void swap(int version) throws Exception {
    strategy().bundle("it.strategy", "1.%d.0".formatted(version)).into(critique());
    assertEquals(Deployment.State.ACTIVE, next().state());
  }

  private StrategyJar strategy() {
    return new StrategyJar(work);
  }

  private void put(StrategyJar jar) {
    try {
      jar.into(critique());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refused(StrategyJar jar, String message, String nextStep) throws Exception {
    jar.into(critique());
    Deployment outcome = next();
    assertEquals(Deployment.State.REFUSED, outcome.state(), outcome.message());
    assertTrue(outcome.message().contains(message), outcome.message());
    assertTrue(
        outcome.message().endsWith("bundle it.strategy 1.0.0, which was there before, stays"),
        outcome.message());
    assertTrue(outcome.nextStep().contains(nextStep), outcome.nextStep());
    assertEquals(List.of("it.strategy 1.0.0"), serving());
    assertEquals(1, bundles("it.strategy"));
  }

  /** What came of a file that was put there; the leaving of an earlier test's is passed over. */
  private Deployment next() {
    Deployment outcome = told();
    while (outcome.state() == Deployment.State.REMOVED) {
      outcome = told();
    }
    return outcome;
  }

  private Deployment told() {
    return Await.next(told);
  }

  private RunSummary run() throws InterruptedException {
    return run("my-critique");
  }

  private RunSummary run(String reflection) throws InterruptedException {
    RunSummary run = SmallRun.run(training, progress -> {}, "steps", "4", "reflection", reflection);
    assertEquals(RunState.FINISHED, run.state(), run.message());
    return run;
  }

  private static String version(RunSummary run) throws IOException {
    return RunFiles.of(run)
        .manifest()
        .getAsJsonObject("components")
        .getAsJsonObject("reflection")
        .get("version")
        .getAsString();
  }

  /** Bundles of the strategies of the name, the one that serves first. */
  private List<String> serving() {
    return catalogue.components().stream()
        .filter(c -> c.kind().equals("reflection") && c.name().equals("my-critique"))
        .map(HotSwapIT::bundle)
        .toList();
  }

  private static String bundle(ComponentState info) {
    return info.bundle() + " " + info.version();
  }

  private long bundles(String name) {
    return Arrays.stream(context.getBundles())
        .filter(b -> name.equals(b.getSymbolicName()))
        .count();
  }

  private static byte[] noBundle() throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (java.util.jar.JarOutputStream jar = new java.util.jar.JarOutputStream(bytes)) {
      jar.putNextEntry(new java.util.jar.JarEntry("a.txt"));
      jar.closeEntry();
    }
    return bytes.toByteArray();
  }

  private Path deploy() {
    return Path.of(String.valueOf(context.getProperty("lanpo.deploy")));
  }

  private Path critique() {
    return deploy().resolve("critique.jar");
  }

  private void await(Callable<Boolean> condition) {
    Await.until(this::serving, condition);
  }
}
