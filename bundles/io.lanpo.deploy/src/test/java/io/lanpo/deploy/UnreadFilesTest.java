package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployment.State;
import io.lanpo.deploy.guard.PatientWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

@Timeout(300)
class UnreadFilesTest {
  private static final Path TYPO = Path.of("/configs/io.lanpo.reflection.tial~mine.cfg");

  @TempDir Path folder;

  private final List<Deployment> heard = new ArrayList<>();
  private TestFramework framework;
  private Ledger ledger;

  @BeforeEach
  void start() throws Exception {
    framework = TestFramework.withComponents(folder);
    ServiceComponentRuntime runtime = framework.service(ServiceComponentRuntime.class);
    Diagnosis diagnosis = new Diagnosis(framework.context(), () -> runtime);
    Trial trial = new Trial(framework.context(), diagnosis, PatientWork.of(Duration.ofMinutes(2)));
    UnreadFiles unread = new UnreadFiles(diagnosis, new DeclaredOptions(framework.context()));
    ledger = new Ledger(call -> call.accept(heard::add), trial, unread);
    framework.installed(TestJar.ofWords("1.0.0")).start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  @Test
  void aMistypedNameIsToldWithTheNearestAndTakesEffectWithItsBundle() throws Exception {
    ledger.live();
    declares("io.lanpo.reflection.tail");
    declares("io.lanpo.reflection.template");
    ledger.active(TYPO, "it is in effect");
    Deployment refused =
        new Deployment(
            TYPO,
            State.REFUSED,
            "no installed component reads it; did you mean io.lanpo.reflection.tail?",
            "Rename it, or install the bundle with the component that reads it.");
    assertEquals(List.of(refused), ledger.deployments());
    assertEquals(List.of(refused), heard);
    declares("io.lanpo.reflection.tial");
    assertEquals(State.ACTIVE, ledger.deployments().get(0).state());
  }

  @Test
  void aNameThatIsNearNoneIsToldWithoutAGuess() {
    ledger.active(Path.of("io.lanpo.something.entirely.else.cfg"), "it was there at the start");
    Deployment told = ledger.deployments().get(0);
    assertEquals("no installed component reads it", told.message());
    assertTrue(told.nextStep().contains("config RUN --markdown"), told.nextStep());
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.apache.felix.http.cfg", "com.example.tial.cfg", "io.lanpo.x.jar"})
  void whatOthersMayReadIsNotJudged(String name) {
    ledger.active(Path.of(name), "it was there at the start");
    assertEquals(State.ACTIVE, ledger.deployments().get(0).state());
  }

  /** Installs a bundle, not started, with a component that reads a file. */
  private void declares(String pid) throws Exception {
    framework.installed(
        new TestJar("bundle." + pid, "1.0.0")
            .header(Constants.IMPORT_PACKAGE, "io.lanpo.api.component")
            .resource(
                "OSGI-INF/metatype/a.xml",
                """
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
                  <OCD id="a.Config" name="a"><AD id="size" type="Integer" default="1"/></OCD>
                  <Designate pid="%s"><Object ocdref="a.Config"/></Designate>
                </metatype:MetaData>
                """
                    .formatted(pid)));
  }
}
