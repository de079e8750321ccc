package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployment.State;
import io.lanpo.api.task.TaskSource;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.deploy.guard.SetAside;
import io.lanpo.libs.threads.DaemonThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

@Timeout(300)
class BundleFilesTest {
  @TempDir Path folder;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("test-clock"));
  private TestFramework framework;
  private Ledger ledger;
  private BundleFiles files;
  private Diagnosis diagnosis;
  private Trial trial;
  private Path jar;

  @BeforeEach
  void start() throws Exception {
    framework = TestFramework.withComponents(folder);
    jar = folder.resolve("words.jar");
    ServiceComponentRuntime runtime = framework.service(ServiceComponentRuntime.class);
    diagnosis = new Diagnosis(framework.context(), () -> runtime);
    trial = new Trial(framework.context(), diagnosis, PatientWork.of(Duration.ofMinutes(2)));
    ledger =
        new Ledger(
            call -> {},
            trial,
            new UnreadFiles(diagnosis, new DeclaredOptions(framework.context())));
    files = files();
  }

  @AfterEach
  void stop() throws Exception {
    clock.shutdownNow();
    framework.close();
  }

  /** Ways in which a bundle does not work. */
  enum Fault {
    NO_WHOLE_JAR("it is not a whole jar"),
    NO_BUNDLE("it is a jar, but no bundle"),
    PACKAGE_MISSING("it imports the package other.nowhere, which no bundle exports"),
    ACTIVATOR("no licence"),
    COMPONENT("task words: ");

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }

    void write(Path jar) throws Exception {
      TestJar bad = new TestJar("words", "2.0.0");
      switch (this) {
        case NO_WHOLE_JAR -> {
          byte[] whole = Files.readAllBytes(TestJar.ofWords("2.0.0").write(jar));
          Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        }
        case NO_BUNDLE -> bad.without(Constants.BUNDLE_SYMBOLICNAME).write(jar);
        case PACKAGE_MISSING -> bad.header(Constants.IMPORT_PACKAGE, "other.nowhere").write(jar);
        case ACTIVATOR -> bad.activator(Bundled.FailingActivator.class).write(jar);
        case COMPONENT -> bad.component(Bundled.FailingWords.class, "optional", "words").write(jar);
      }
    }
  }

  @Test
  void itHandlesJars() {
    assertTrue(files.canHandle(jar.toFile()));
    assertFalse(files.canHandle(folder.resolve("a.cfg").toFile()));
  }

  @Test
  void aJarThatIsThereAtTheStartIsInEffectWhenThePlatformHasStarted() throws Exception {
    put("1.0.0");
    assertEquals(List.of(), ledger.deployments());
    assertEquals(List.of(), serving());
    files.begin();
    assertEquals(List.of("1.0.0"), serving());
    files.started();
    assertOutcome(State.ACTIVE, "bundle words 1.0.0 brings task words");
  }

  @Test
  void aJarThatComesLaterIsInEffectAtOnce() throws Exception {
    files.started();
    put("1.0.0");
    assertOutcome(State.ACTIVE, "bundle words 1.0.0 brings task words");
    assertEquals(List.of("1.0.0"), serving());
  }

  @Test
  void aComponentThatNeedsAConfigurationIsNamedSo() throws Exception {
    files.started();
    new TestJar("words", "1.0.0").component(Bundled.Words.class, "require", "words").write(jar);
    files.install(jar.toFile());
    assertOutcome(State.ACTIVE, "bundle words 1.0.0 brings task words (once configured)");
  }

  @Test
  void anotherJarBeforeTheStartReplacesTheFirst() throws Exception {
    put("1.0.0");
    put("2.0.0");
    files.started();
    assertEquals(List.of("2.0.0"), serving());
    assertEquals(1, framework.bundles("words").size());
  }

  @Test
  void aNewVersionReplacesTheOldOne() throws Exception {
    put("1.0.0");
    files.started();
    put("2.0.0");
    assertOutcome(
        State.ACTIVE, "bundle words 2.0.0 brings task words; it has replaced the one before");
    assertEquals(List.of("2.0.0"), serving());
  }

  @Test
  void theSameVersionReplacesItselfToo() throws Exception {
    files.started();
    put("1.0.0");
    Bundle first = framework.bundles("words").get(0);
    put("1.0.0");
    assertEquals(Bundle.UNINSTALLED, first.getState());
    assertEquals(List.of("1.0.0"), serving());
  }

  @Test
  void anOldOneThatIsHeldStaysBesideTheNewUntilItsFileGoes() throws Exception {
    files.started();
    put("1.0.0");
    ServiceReference<TaskSource> held = framework.context().getServiceReference(TaskSource.class);
    framework.context().getService(held);
    put("2.0.0");
    assertOutcome(
        State.ACTIVE,
        "bundle words 2.0.0 brings task words; runs that hold the one before keep it to their end");
    assertEquals(List.of("1.0.0", "2.0.0"), serving());
    files.uninstall(jar.toFile());
    assertEquals(List.of(), framework.bundles("words"));
  }

  @ParameterizedTest
  @EnumSource
  void oneThatDoesNotWorkLeavesTheOldOne(Fault fault) throws Exception {
    files.started();
    put("1.0.0");
    put(fault);
    Deployment outcome = outcome();
    assertEquals(State.REFUSED, outcome.state());
    assertTrue(outcome.message().contains(fault.reason), outcome.message());
    assertTrue(
        outcome.message().endsWith("; bundle words 1.0.0, which was there before, stays"),
        outcome.message());
    assertFalse(outcome.nextStep().isEmpty());
    assertEquals(List.of("1.0.0"), serving());
    assertEquals(1, framework.bundles("words").size());
    put("3.0.0");
    assertEquals(List.of("3.0.0"), serving());
  }

  @ParameterizedTest
  @EnumSource
  void oneThatDoesNotWorkAtTheStartIsRefusedAndReplacedByTheNext(Fault fault) throws Exception {
    put(fault);
    files.started();
    Deployment outcome = outcome();
    assertEquals(State.REFUSED, outcome.state());
    assertTrue(outcome.message().contains(fault.reason), outcome.message());
    assertFalse(outcome.message().contains("stays"), outcome.message());
    put("3.0.0");
    assertEquals(State.ACTIVE, outcome().state());
    assertEquals(List.of("3.0.0"), serving());
    assertEquals(1, framework.bundles("words").size());
  }

  @Test
  void withItsFileABundleGoes() throws Exception {
    files.started();
    put("1.0.0");
    files.uninstall(jar.toFile());
    assertEquals(List.of(), framework.bundles("words"));
    assertEquals(List.of(), ledger.deployments());
  }

  @Test
  void aFileThatWasNeverInEffectGoesToo() throws Exception {
    files.started();
    put(Fault.PACKAGE_MISSING);
    assertEquals(State.REFUSED, outcome().state());
    files.uninstall(jar.toFile());
    assertEquals(List.of(), ledger.deployments());
  }

  @Test
  void oneThatLacksSomethingIsTriedAgainWhenSomethingElseComes() throws Exception {
    files.started();
    new TestJar("words", "1.0.0").header(Constants.IMPORT_PACKAGE, "a.dictionary").write(jar);
    files.install(jar.toFile());
    assertEquals(State.REFUSED, outcome().state());
    Path other = dictionary("dictionary.jar");
    files.install(other.toFile());
    assertEquals(
        List.of("bundle dictionary 1.0.0", "bundle words 1.0.0"),
        ledger.deployments().stream().map(Deployment::message).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jar", "z.jar"})
  void atTheStartTheOrderOfTheFilesDoesNotMatter(String name) throws Exception {
    new TestJar("words", "1.0.0").header(Constants.IMPORT_PACKAGE, "a.dictionary").write(jar);
    files.install(jar.toFile());
    files.install(dictionary(name).toFile());
    files.begin();
    files.started();
    assertTrue(
        ledger.deployments().stream().allMatch(d -> d.state() == State.ACTIVE),
        ledger.deployments().toString());
  }

  private Path dictionary(String name) throws Exception {
    return new TestJar("dictionary", "1.0.0")
        .header(Constants.EXPORT_PACKAGE, "a.dictionary")
        .resource("a/dictionary/words.txt", "a")
        .write(folder.resolve(name));
  }

  @Test
  void aDeploymentThatIsStartedAgainTakesOverWhatIsThere() throws Exception {
    files.started();
    put("1.0.0");
    BundleFiles next = files();
    next.adopt(framework.bundles("words").stream());
    assertOutcome(State.ACTIVE, "bundle words 1.0.0 brings task words");
    Bundle first = framework.bundles("words").get(0);
    next.install(jar.toFile());
    assertEquals(List.of(first), framework.bundles("words"), "the same file");
    TestJar.ofWords("2.0.0").write(jar);
    next.install(jar.toFile());
    assertEquals(List.of("2.0.0"), serving());
    next.uninstall(jar.toFile());
    assertEquals(List.of(), framework.bundles("words"));
  }

  @Test
  void whenThePlatformLeavesTheirLevelTheBundlesStop() throws Exception {
    put("1.0.0");
    files.begin();
    assertEquals(List.of("1.0.0"), serving());
    files.end();
    assertEquals(List.of(), serving());
  }

  private BundleFiles files() {
    return new BundleFiles(
        trial,
        diagnosis,
        new Retirement(clock, trial::remove),
        ledger,
        new SetAside(null, Duration.ofMinutes(2)));
  }

  private void put(String version) throws Exception {
    TestJar.ofWords(version).write(jar);
    files.install(jar.toFile());
  }

  private void put(Fault fault) throws Exception {
    fault.write(jar);
    files.update(jar.toFile());
  }

  private Deployment outcome() {
    assertEquals(1, ledger.deployments().size());
    return ledger.deployments().get(0);
  }

  private void assertOutcome(State state, String message) {
    assertEquals(new Deployment(jar, state, message, ""), outcome());
  }

  /** The versions of the bundles that run. */
  private List<String> serving() {
    return framework.bundles("words").stream()
        .filter(b -> b.getState() == Bundle.ACTIVE)
        .map(b -> b.getVersion().toString())
        .toList();
  }
}
