package io.lanpo.deploy;

import static io.lanpo.api.deploy.Deployment.State.ACTIVE;
import static io.lanpo.api.deploy.Deployment.State.REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployment.State;
import io.lanpo.deploy.guard.ExitCalls;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.deploy.guard.SetAside;
import io.lanpo.libs.threads.DaemonThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Files as somebody may drop them, one after the other into one platform: each is answered with its
 * message within the patience of the platform, and what is deployed after it works.
 */
@Timeout(300)
class HostileFilesTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** For what never returns. */
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir static Path folder;

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("test-clock"));
  private static TestFramework framework;
  private static Ledger ledger;
  private static BundleFiles bundles;
  private static BundleFiles hasty;
  private static Trial trial;
  private static Trial shortTrial;
  private static ConfigurationFiles configurations;

  @BeforeAll
  static void start() throws Exception {
    framework = TestFramework.withComponents(folder);
    ConfigurationAdmin admin = framework.service(ConfigurationAdmin.class);
    ServiceComponentRuntime runtime = framework.service(ServiceComponentRuntime.class);
    framework
        .context()
        .registerService(WeavingHook.class, new ExitCalls(DeployedFile::holds), null);
    Diagnosis diagnosis = new Diagnosis(framework.context(), () -> runtime);
    trial = new Trial(framework.context(), diagnosis, PatientWork.of(LONG));
    shortTrial = new Trial(framework.context(), diagnosis, PatientWork.of(SHORT));
    DeclaredOptions options = new DeclaredOptions(framework.context());
    ledger = new Ledger(call -> {}, trial, new UnreadFiles(diagnosis, options));
    Retirement retirement = new Retirement(CLOCK, trial::remove);
    bundles = new BundleFiles(trial, diagnosis, retirement, ledger, new SetAside(null, LONG));
    hasty =
        new BundleFiles(
            shortTrial,
            diagnosis,
            retirement,
            ledger,
            new SetAside(folder.resolve("aside"), SHORT));
    ConfiguredComponents components =
        new ConfiguredComponents(
            framework.context(),
            () -> runtime,
            new ComponentProblems(options, diagnosis, trial),
            LONG);
    configurations =
        new ConfigurationFiles(
            () -> admin,
            components,
            retirement,
            ledger,
            new DeclaredComponents(framework.context()),
            () -> {});
    bundles.started();
    hasty.started();
    components.live();
    framework.installed(TestJar.ofWords("1.0.0").alias("b.several", "terms")).start();
    framework.installed(several()).start();
  }

  @AfterAll
  static void stop() throws Exception {
    CLOCK.shutdownNow();
    framework.close();
  }

  private static TestJar several() throws Exception {
    return new TestJar("several", "1.0.0")
        .component(Bundled.Words.class, "optional", "several")
        .alias("a.several", "many");
  }

  /** Writes a file. */
  private interface Content {
    void write(Path file) throws Exception;
  }

  private static Arguments row(String file, State state, String message, Content content) {
    return Arguments.of(file, state, message, content);
  }

  private static Arguments jar(State state, String message, TestJar jar) {
    return row("bad.jar", state, message, jar::write);
  }

  private static Arguments activator(State state, String message, Class<?> type) throws Exception {
    return jar(state, message, bad().activator(type));
  }

  private static Arguments component(String message, Class<?> type) throws Exception {
    return jar(REFUSED, message, bad().component(type, "optional", "bad"));
  }

  private static Arguments header(String message, String name, String value) {
    return jar(REFUSED, message, bad().header(name, value));
  }

  private static Arguments text(String file, State state, String message, String text) {
    return row(file, state, message, path -> Files.writeString(path, text));
  }

  private static TestJar bad() {
    return new TestJar("bad", "1.0.0");
  }

  static Stream<Arguments> bundles() throws Exception {
    String whole = "it is not a whole jar";
    return Stream.of(
        text("bad.jar", REFUSED, whole, ""),
        text("bad.jar", REFUSED, whole, "PK\u0003\u0004 and no more"),
        text("bad.jar", REFUSED, whole, "I am a text."),
        row("bad.jar", REFUSED, whole, HostileFilesTest::half),
        jar(
            REFUSED,
            "it is a jar, but no bundle: its manifest has no Bundle-SymbolicName",
            bad().without(Constants.BUNDLE_SYMBOLICNAME)),
        header("invalid version \"one.two\"", Constants.BUNDLE_VERSION, "one.two"),
        header("the framework does not take it", Constants.BUNDLE_MANIFESTVERSION, "9"),
        header("the framework does not take it", Constants.IMPORT_PACKAGE, ";;=\"a"),
        header("the framework does not take it", Constants.IMPORT_PACKAGE, "java.nowhere,a,a"),
        header(
            "it imports the package other.nowhere, which no bundle exports",
            Constants.IMPORT_PACKAGE,
            "other.nowhere"),
        header(
            "it imports the package io.lanpo.api.task [9.0.0,10.0.0), and here it is 1.5.0",
            Constants.IMPORT_PACKAGE,
            "io.lanpo.api.task;version=\"[9,10)\""),
        header(
            "it was built for Java 99",
            Constants.REQUIRE_CAPABILITY,
            "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""),
        header(
            "it requires a.thing (much=yes)",
            Constants.REQUIRE_CAPABILITY,
            "a.thing;filter:=\"(much=yes)\""),
        header("it requires osgi.wiring.bundle", Constants.REQUIRE_BUNDLE, "nobody"),
        header("it requires osgi.wiring.host", Constants.FRAGMENT_HOST, "nobody"),
        header("com.example.Gone", Constants.BUNDLE_ACTIVATOR, "com.example.Gone"),
        activator(REFUSED, "ClassCastException", Hostile.Innocent.class),
        activator(REFUSED, "no licence", Bundled.FailingActivator.class),
        activator(REFUSED, "com/example/Gone", Hostile.Erring.class),
        activator(REFUSED, "StackOverflowError", Hostile.Deep.class),
        activator(REFUSED, "For input string: \"many\"", Hostile.BadStatic.class),
        activator(REFUSED, "Hostile$Exiting calls System.exit", Hostile.Exiting.class),
        activator(
            REFUSED, "Hostile$RuntimeExiting calls Runtime.exit", Hostile.RuntimeExiting.class),
        activator(REFUSED, "Hostile$Halting calls Runtime.exit or", Hostile.Halting.class),
        activator(REFUSED, "Hostile$Referring calls System.exit", Hostile.Referring.class),
        activator(REFUSED, "Hostile$HaltReferring calls Runtime", Hostile.HaltReferring.class),
        activator(ACTIVE, "bundle bad 1.0.0", Hostile.Threading.class),
        activator(ACTIVE, "bundle bad 1.0.0", Hostile.BadStop.class),
        component(
            "task bad: IllegalStateException: the dictionary is missing",
            Bundled.FailingWords.class),
        component("For input string: \"several\"", Hostile.StaticWords.class),
        component("Hostile$ExitingWords calls System.exit", Hostile.ExitingWords.class),
        component("the dictionary is empty", Hostile.FailingActivate.class),
        jar(
            REFUSED,
            "it lists the component description OSGI-INF/gone.xml, which is not in it",
            bad().header("Service-Component", "OSGI-INF/gone.xml")),
        jar(
            REFUSED,
            "none of its component descriptions can be read: OSGI-INF/bad.xml",
            bad()
                .header("Service-Component", "OSGI-INF/bad.xml")
                .resource("OSGI-INF/bad.xml", "<a>")),
        jar(
            REFUSED,
            "none of its component descriptions can be read: OSGI-INF/bad.xml",
            bad()
                .header("Service-Component", "OSGI-INF/bad.xml")
                .resource("OSGI-INF/bad.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")));
  }

  static Stream<Arguments> endless() throws Exception {
    String within = " did not return within 0 s";
    return Stream.of(
        activator(REFUSED, "its activator" + within, Bundled.EndlessActivator.class),
        activator(REFUSED, "its activator" + within, Bundled.StubbornActivator.class),
        activator(REFUSED, "its activator" + within, Hostile.EndlessStatic.class),
        // on a busy machine the time may be over before the constructor is called
        component(within, Bundled.EndlessWords.class),
        component(within, Hostile.EndlessActivate.class));
  }

  static Stream<Arguments> configurations() {
    String notInEffect = "it is not in effect: ";
    return Stream.of(
        text("a.words~x.cfg", ACTIVE, "x is configured by it", "\ufeffcount = 3"),
        text("a.words~x.cfg", ACTIVE, "x is configured by it", ""),
        text("a.words~x.cfg", ACTIVE, "x is configured by it", "text = " + "y".repeat(1 << 20)),
        text("a.words~x.cfg", REFUSED, notInEffect + "the key a is given twice", "a = 1\na = 2"),
        text("a.words~x.cfg", REFUSED, notInEffect + "Malformed", "a = \\u12"),
        row(
            "a.words~x.cfg",
            REFUSED,
            notInEffect + "it is not UTF-8 text",
            f -> Files.write(f, new byte[] {'a', '=', (byte) 0xff})),
        text("a.words~.cfg", REFUSED, notInEffect + "there is no name between ~ and .cfg", "a = 1"),
        text("a.words~x y.cfg", REFUSED, notInEffect + "lanpo.name = x y is no name", "a = 1"),
        text("a.words~x@2.cfg", REFUSED, notInEffect + "lanpo.name = x@2 is no name", "a = 1"),
        text(
            "a.words~x.cfg",
            REFUSED,
            notInEffect + "lanpo.name = (empty) is no name",
            "lanpo.name ="),
        text("a.words~x.cfg", REFUSED, "is no name", "lanpo.name = a\\u001b[2J"),
        text("a.words~x.cfg", REFUSED, "style = bad is not allowed", "style = bad"),
        text("a.words.cfg", REFUSED, "style = bad is not allowed", "style = bad"),
        text(
            "a.several.cfg",
            REFUSED,
            notInEffect + "lanpo.name = one would rename several and many at once",
            "lanpo.name = one"),
        text(
            "a.several~x.cfg",
            REFUSED,
            notInEffect + "it would make one more of several and of many, each called x",
            ""),
        text(
            "io.lanpo.verifer.math.cfg", REFUSED, "no installed component reads it", "profile = A"),
        row("a.words~x.cfg", REFUSED, notInEffect, Files::createDirectory));
  }

  private static void half(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(TestJar.ofWords("2.0.0").write(file));
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void aBundleIsAnsweredAndTheNextOneWorks(
      String name, State state, String message, Content content) throws Exception {
    answered(bundles, name, state, message, content);
    assertThatOthersWork(message);
  }

  @ParameterizedTest
  @MethodSource("endless")
  void whatDoesNotReturnIsAnsweredAndTheNextOneWorks(
      String name, State state, String message, Content content) throws Exception {
    answered(hasty, name, state, message, content);
    assertThatOthersWork(message);
  }

  @Test
  void whatDoesNotStopIsNotWaitedForAndTheNextOneWorks() throws Exception {
    Path jar = bad().activator(Hostile.Unstoppable.class).write(folder.resolve("bad.jar"));
    Bundle bundle = trial.of(jar);
    shortTrial.remove(bundle);
    assertEquals(Bundle.STOPPING, bundle.getState());
    Files.delete(jar);
    assertThatOthersWork("a bundle that does not stop");
  }

  @Test
  void whatDidNotReturnIsSetAsideUntilItChanges() throws Exception {
    Path jar = bad().activator(Bundled.EndlessActivator.class).write(folder.resolve("aside.jar"));
    hasty.install(jar.toFile());
    String reason = "its activator did not return within 0 s";
    assertTrue(of(jar).message().startsWith(reason), of(jar).message());
    hasty.install(jar.toFile());
    assertTrue(
        of(jar).message().endsWith("when it was tried; it is set aside until it changes"),
        of(jar).message());
    bad().without(Constants.BUNDLE_SYMBOLICNAME).write(jar);
    hasty.install(jar.toFile());
    assertTrue(of(jar).message().contains("no Bundle-SymbolicName"), of(jar).message());
    hasty.uninstall(jar.toFile());
  }

  private static void assertThatOthersWork(String message) throws Exception {
    Path good = TestJar.ofWords("2.0.0").write(folder.resolve("good.jar"));
    bundles.install(good.toFile());
    assertEquals(
        "bundle words 2.0.0 brings task words", of(good).message(), () -> "after " + message);
    bundles.uninstall(good.toFile());
    assertFalse(
        Stream.of(framework.context().getBundles())
            .anyMatch(b -> DeployedFile.holds(b) && b.getState() == Bundle.ACTIVE),
        "something is left");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aConfigurationIsAnsweredAndItsComponentStays(
      String name, State state, String message, Content content) throws Exception {
    answered(configurations, name, state, message, content);
  }

  private static void answered(
      ArtifactInstaller files, String name, State state, String message, Content content)
      throws Exception {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    content.write(file);
    files.install(file.toFile());
    Deployment outcome = of(file);
    assertTrue(outcome.message().contains(message), outcome.message());
    assertEquals(state, outcome.state());
    assertEquals(state == REFUSED, !outcome.nextStep().isEmpty(), outcome.nextStep());
    files.uninstall(file.toFile());
    Files.delete(file);
    assertTrue(ledger.deployments().stream().noneMatch(d -> d.file().equals(file)));
  }

  private static Deployment of(Path file) {
    return ledger.deployments().stream()
        .filter(d -> d.file().equals(file))
        .findFirst()
        .orElseThrow();
  }
}
