package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.UserException;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployment.State;
import io.lanpo.api.task.TaskSource;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.libs.threads.DaemonThreads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

@Timeout(300)
class ConfigurationFilesTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String WRITE_IT_SO =
      "It must be UTF-8 text with lines of the form key = value, each key once.";

  @TempDir Path folder;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("test-clock"));
  private TestFramework framework;
  private ConfigurationAdmin admin;
  private ConfiguredComponents components;
  private ComponentLookup lookup;
  private Ledger ledger;
  private ConfigurationFiles files;
  private Path one;
  private Path only;

  @BeforeEach
  void start() throws Exception {
    framework = TestFramework.withComponents(folder);
    admin = framework.service(ConfigurationAdmin.class);
    ServiceComponentRuntime runtime = framework.service(ServiceComponentRuntime.class);
    Diagnosis diagnosis = new Diagnosis(framework.context(), () -> runtime);
    Trial trial = new Trial(framework.context(), diagnosis, PatientWork.of(LONG));
    DeclaredOptions options = new DeclaredOptions(framework.context());
    ComponentProblems problems = new ComponentProblems(options, diagnosis, trial);
    components = new ConfiguredComponents(framework.context(), () -> runtime, problems, LONG);
    ledger = new Ledger(call -> {}, trial, new UnreadFiles(diagnosis, options));
    files = files(framework);
    lookup =
        new ComponentLookup(
            framework.context(),
            diagnosis,
            options,
            problems,
            files::refused,
            List::of,
            Duration.ZERO);
    one = folder.resolve("a.words~one.cfg");
    only = folder.resolve("a.words.cfg");
  }

  @AfterEach
  void stop() throws Exception {
    clock.shutdownNow();
    framework.close();
  }

  @Test
  void itHandlesConfigurations() {
    assertTrue(files.canHandle(one.toFile()));
    assertFalse(files.canHandle(folder.resolve("a.jar").toFile()));
  }

  @ParameterizedTest
  @CsvSource({"a.words~one.cfg,a.words~one,a.words", "a.words.cfg,a.words,"})
  void aFileBecomesAConfigurationForAnyBundle(String name, String pid, String factory)
      throws Exception {
    Path file = folder.resolve(name);
    write(file, "# a comment\nstyle = für alle \n count=3\n");
    assertOutcome(State.ACTIVE, "it was there at the start", "");
    Configuration made = configurations().get(0);
    assertEquals(pid, made.getPid());
    assertEquals(factory, made.getFactoryPid());
    assertEquals("?", made.getBundleLocation());
    assertEquals("für alle", made.getProperties().get("style"));
    assertEquals("3", made.getProperties().get("count"));
    assertEquals(
        file.toFile().toURI().toString(), made.getProperties().get(ConfigurationFiles.FILE_NAME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count = 3\\nlanpo.name = mine\\ncount = 4 | the key count is given twice | mine",
        "lanpo.name = mine\\nstyle = \\xff         | it is not UTF-8 text         | mine",
        "count = 3\\ncount = 4                     | the key count is given twice | one",
        "style = \\u12                             | Malformed \\uxxxx encoding.   | one"
      })
  void aFileThatCannotBeReadIsRefusedAndKnownByItsPidAndName(
      String text, String reason, String name) throws Exception {
    writeRaw(one, text);
    assertOutcome(State.REFUSED, "it is not in effect: " + reason, WRITE_IT_SO);
    assertEquals(List.of(), configurations());
    RefusedFile refused = files.refused().get(0);
    assertEquals(one, refused.file());
    assertEquals("a.words", refused.pid());
    assertEquals(name, refused.name());
    assertEquals("a.words~one.cfg: " + reason, refused.reason());
    write(one, "count = 3");
    assertOutcome(State.ACTIVE, "it was there at the start", "");
    assertEquals(List.of(), files.refused());
    assertEquals(List.of("3"), counts());
  }

  @ParameterizedTest
  @CsvSource({"a.words~one.cfg", "a.words.cfg"})
  void anEditThatCannotBeReadLeavesWhatWasInEffect(String name) throws Exception {
    Path file = folder.resolve(name);
    write(file, "count = 3");
    writeRaw(file, "count = 4\ncount = 5");
    assertOutcome(
        State.REFUSED,
        "what it said before stays in effect: the key count is given twice",
        WRITE_IT_SO);
    assertEquals(List.of(), files.refused());
    assertEquals(List.of("3"), counts());
    write(file, "count = 5");
    assertEquals(State.ACTIVE, outcome().state());
    assertEquals(List.of("5"), counts());
  }

  @Test
  void aFileOfNobodyWaits() throws Exception {
    components.live();
    write(one, "count = 3");
    assertOutcome(
        State.ACTIVE, "it waits for a bundle with a component a.words; none is installed", "");
  }

  @Test
  void aFileConfiguresItsComponent() throws Exception {
    live();
    write(one, "lanpo.name = mine\ncount = 3");
    assertOutcome(State.ACTIVE, "mine is configured by it", "");
    assertEquals("3", service().getProperty("count"));
  }

  @Test
  void anEditMakesAnotherComponentAndTheFirstGoes() throws Exception {
    live();
    write(one, "count = 3");
    write(one, "count = 4");
    assertOutcome(State.ACTIVE, "one is configured by it", "");
    assertEquals(List.of("4"), counts());
  }

  @Test
  void whatIsHeldStaysAsItWasUntilItIsLetGo() throws Exception {
    live();
    write(one, "count = 3");
    ServiceReference<TaskSource> held = service();
    TaskSource instance = framework.context().getService(held);
    write(one, "count = 4");
    assertOutcome(
        State.ACTIVE,
        "one is configured by it; runs that hold it as it was before keep it to their end",
        "");
    assertEquals(List.of("3", "4"), counts());
    assertEquals(instance, framework.context().getService(held));
    framework.context().ungetService(held);
    CountDownLatch gone = new CountDownLatch(1);
    framework
        .context()
        .addServiceListener(
            event -> {
              if (event.getType() == ServiceEvent.UNREGISTERING
                  && event.getServiceReference().equals(held)) {
                gone.countDown();
              }
            });
    framework.context().ungetService(held);
    gone.await();
    assertEquals(List.of("4"), counts());
  }

  @Test
  void anEditThatItsComponentRefusesLeavesWhatWasInEffect() throws Exception {
    live();
    write(one, "count = 3");
    ServiceReference<TaskSource> serving = service();
    write(one, "count = 4\nstyle = bad");
    assertOutcome(
        State.REFUSED,
        "what it said before stays in effect: style = bad is not allowed. Choose another.",
        "Fix the file. It is read again when it changes.");
    assertEquals(List.of("3"), counts());
    assertEquals("3", serving.getProperty("count"));
    write(one, "count = 3");
    assertOutcome(State.ACTIVE, "one is configured by it", "");
    assertEquals("3", serving.getProperty("count"));
    write(one, "count = 5");
    assertEquals(List.of("5"), counts());
  }

  @Test
  void aFileThatItsComponentRefusesIsRefused() throws Exception {
    live();
    write(one, "style = bad");
    assertOutcome(
        State.REFUSED,
        "style = bad is not allowed. Choose another.",
        "Fix the file. It is read again when it changes.");
    write(one, "style = good");
    assertOutcome(State.ACTIVE, "one is configured by it", "");
    assertEquals(1, configurations().size());
  }

  @Test
  void aComponentWithoutInstancesIsMadeAgain() throws Exception {
    live();
    write(only, "count = 3");
    write(only, "count = 4");
    assertOutcome(State.ACTIVE, "words is configured by it", "");
    assertEquals(List.of("4"), counts());
    assertEquals("a.words", configurations().get(0).getPid());
  }

  @Test
  void aFileWithANameMakesOneMoreAndTheComponentStaysUnderItsOwn() throws Exception {
    framework.installed(TestJar.ofWords("1.0.0")).start();
    components.live();
    write(one, "count = 3");
    framework.await(() -> lookup.names(TaskSource.class).equals(List.of("one", "words")));
    write(folder.resolve("a.words~two.cfg"), "lanpo.name = second");
    framework.await(() -> lookup.names(TaskSource.class).equals(List.of("one", "second", "words")));
    files.uninstall(one.toFile());
    files.uninstall(folder.resolve("a.words~two.cfg").toFile());
    assertEquals(List.of(), configurations());
    framework.await(() -> lookup.names(TaskSource.class).equals(List.of("words")));
  }

  @Test
  void aFileCanTakeTheComponentsOwnName() throws Exception {
    framework.installed(TestJar.ofWords("1.0.0")).start();
    components.live();
    write(folder.resolve("a.words~words.cfg"), "count = 7");
    assertEquals(List.of("words"), lookup.names(TaskSource.class));
    assertEquals("7", service().getProperty("count"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theComponentsFileAndFilesWithNamesServeSideBySide(boolean onlyFirst) throws Exception {
    framework.installed(TestJar.ofWords("1.0.0")).start();
    components.live();
    write(onlyFirst ? only : one, "count = 4");
    write(onlyFirst ? one : only, "count = 4");
    framework.await(() -> lookup.names(TaskSource.class).equals(List.of("one", "words")));
    assertEquals(List.of("4", "4"), counts());
    write(only, "count = 5");
    assertEquals(List.of("4", "5"), counts());
    files.uninstall(only.toFile());
    framework.await(() -> lookup.names(TaskSource.class).equals(List.of("one", "words")));
    files.uninstall(one.toFile());
    framework.await(() -> lookup.names(TaskSource.class).equals(List.of("words")));
  }

  @Test
  void aFileMustNotGiveOneNameToSeveralComponents() throws Exception {
    framework.installed(TestJar.ofWords("1.0.0").alias("a.words", "terms")).start();
    write(only, "lanpo.name = mine");
    assertOutcome(
        State.REFUSED,
        "it is not in effect: lanpo.name = mine would rename words and terms at once",
        "Remove the key.");
  }

  @Test
  void aFileMustNotMakeTwoComponentsOfOneName() throws Exception {
    framework.installed(TestJar.ofWords("1.0.0").alias("a.words", "terms")).start();
    components.live();
    write(one, "count = 3");
    assertOutcome(
        State.REFUSED,
        "it is not in effect: it would make one more of words and of terms, each called one",
        "Only a component that alone reads a.words can be made several times.");
    assertEquals(List.of("terms", "words"), lookup.names(TaskSource.class));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws Exception {
    write(one, "\ufeffcount = 3");
    assertEquals(List.of("3"), counts());
  }

  @Test
  void aDeploymentThatIsStartedAgainTakesOverWhatIsThere() throws Exception {
    live();
    write(one, "count = 3");
    write(one, "count = 4");
    ConfigurationFiles next = files(framework);
    next.adopt();
    next.install(one.toFile());
    assertEquals(List.of("4"), counts());
    Files.writeString(one, "count = 5");
    next.install(one.toFile());
    assertEquals(List.of("5"), counts());
    next.uninstall(one.toFile());
    assertEquals(List.of(), configurations());
  }

  @Test
  void aComponentTheFileOfWhichIsRefusedIsNoKnownName() throws Exception {
    framework.installed(TestJar.ofWords("1.0.0")).start();
    components.live();
    write(one, "lanpo.name = mine\nstyle = bad");
    assertEquals(List.of("words"), lookup.names(TaskSource.class));
    assertTrue(refusal("other").contains("Known: words."), refusal("other"));
  }

  private ConfigurationFiles files(TestFramework in) {
    return new ConfigurationFiles(
        () -> admin,
        components,
        new Retirement(clock, bundle -> {}),
        ledger,
        new DeclaredComponents(in.context()),
        () -> {});
  }

  private String refusal(String name) {
    UserException e =
        assertThrows(
            UserException.class,
            () -> lookup.use(new Wanted<>(TaskSource.class, name, "x.cfg: task"), ""));
    return e.getMessage() + " | " + e.nextStep();
  }

  @Test
  void withItsFileAConfigurationGoes() throws Exception {
    Path two = folder.resolve("a.words~two.cfg");
    write(one, "count = 3");
    write(two, "count = 4");
    writeRaw(folder.resolve("a.words~bad.cfg"), "a = 1\na = 2");
    files.uninstall(one.toFile());
    assertEquals(List.of("4"), counts());
    files.uninstall(folder.resolve("a.words~bad.cfg").toFile());
    assertEquals(List.of(), files.refused());
    files.uninstall(two.toFile());
    assertEquals(List.of(), configurations());
    assertEquals(List.of(), ledger.deployments());
  }

  /** The platform has started, with a component that needs a configuration. */
  private void live() throws Exception {
    framework
        .installed(new TestJar("words", "1.0.0").component(Bundled.Words.class, "require", "words"))
        .start();
    components.live();
  }

  private void write(Path file, String text) throws Exception {
    files.update(Files.writeString(file, text).toFile());
  }

  /** Writes {@code \n} as a new line and {@code \xff} as a byte that UTF-8 does not have. */
  private void writeRaw(Path file, String text) throws Exception {
    String bytes = text.replace("\\n", "\n").replace("\\xff", "\u00ff");
    files.install(Files.write(file, bytes.getBytes(StandardCharsets.ISO_8859_1)).toFile());
  }

  private Deployment outcome() {
    assertEquals(1, ledger.deployments().size());
    return ledger.deployments().get(0);
  }

  private void assertOutcome(State state, String message, String nextStep) {
    Deployment outcome = outcome();
    assertEquals(message, outcome.message());
    assertEquals(state, outcome.state());
    assertEquals(nextStep, outcome.nextStep());
  }

  private List<Configuration> configurations() throws Exception {
    Configuration[] all = admin.listConfigurations(null);
    return all == null ? List.of() : Arrays.asList(all);
  }

  /** What the configurations that there are say of {@code count}, in order. */
  private List<Object> counts() throws Exception {
    return configurations().stream().map(c -> c.getProperties().get("count")).sorted().toList();
  }

  private ServiceReference<TaskSource> service() throws Exception {
    Collection<ServiceReference<TaskSource>> all =
        framework.context().getServiceReferences(TaskSource.class, null);
    assertEquals(1, all.size());
    return Objects.requireNonNull(all.iterator().next());
  }
}
