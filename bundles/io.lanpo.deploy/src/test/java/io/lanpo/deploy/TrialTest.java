package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.deploy.guard.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

@Timeout(300)
class TrialTest {
  /** Long enough on a busy machine for what works. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;

  private TestFramework framework;
  private Diagnosis diagnosis;

  @BeforeEach
  void start() throws Exception {
    framework = TestFramework.withComponents(folder);
    ServiceComponentRuntime runtime = framework.service(ServiceComponentRuntime.class);
    diagnosis = new Diagnosis(framework.context(), () -> runtime);
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  @Test
  void whatWorksRuns() throws Exception {
    Bundle bundle = trial(LONG).of(jar("words", TestJar.ofWords("1.0.0")));
    assertEquals(Bundle.ACTIVE, bundle.getState());
    assertEquals(List.of(bundle), framework.bundles("words"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FailingActivator | no licence              | Fix its activator",
        "FailingWords     | the dictionary is missing | Fix its configuration file or its constructor"
      })
  void whatThrowsIsRefusedWithItsReasonAndGone(String type, String reason, String nextStep)
      throws Exception {
    Refusal e = refusal(LONG, type);
    assertTrue(e.reason().contains(reason), e.reason());
    assertTrue(e.nextStep().startsWith(nextStep), e.nextStep());
    assertEquals(List.of(), framework.bundles("tried"));
  }

  @ParameterizedTest
  @CsvSource({"EndlessActivator,its activator", "EndlessWords,the constructor of a.words"})
  void whatDoesNotReturnIsRefusedAndGone(String type, String who) throws Exception {
    Duration patience = SHORT;
    Refusal e = refusal(patience, type);
    while (!e.reason().startsWith(who) && patience.compareTo(LONG) < 0) {
      // on a busy machine the time may be over before the constructor is called
      patience = patience.multipliedBy(8);
      e = refusal(patience, type);
    }
    assertTrue(e.reason().startsWith(who + " did not return within"), e.reason());
    assertEquals(
        "A constructor or an activator must not wait; do long work when it is asked for.",
        e.nextStep());
    whatWorksRuns();
  }

  @Test
  void whatCannotBeStoppedGoesWhenItReturnsAndStopsNobodyElse() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Refusal e = refusal(SHORT, "StubbornActivator");
    assertTrue(e.reason().startsWith("its activator did not return"), e.reason());
    assertEquals(Bundle.STARTING, framework.bundles("tried").get(0).getState());
    whatWorksRuns();
    SynchronousBundleListener listener =
        event -> {
          if (event.getType() == BundleEvent.UNINSTALLED) {
            gone.countDown();
          }
        };
    framework.context().addBundleListener(listener);
    framework.release();
    gone.await();
    assertEquals(List.of(), framework.bundles("tried"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "2.0.0"})
  void aTrialOfTheLedgerLeavesNothing(String version) throws Exception {
    Trial trial = trial(LONG);
    Bundle serving = trial.of(jar("words", TestJar.ofWords("1.0.0")));
    Path jar = jar("words", TestJar.ofWords(version));
    Deployment outcome =
        new Ledger(
                call -> {},
                trial,
                new UnreadFiles(diagnosis, new DeclaredOptions(framework.context())))
            .trial(jar);
    assertEquals(new Deployment(jar, Deployment.State.ACTIVE, "it can be deployed", ""), outcome);
    assertEquals(List.of(serving), framework.bundles("words"));
    assertEquals(Bundle.ACTIVE, serving.getState());
  }

  private Refusal refusal(Duration patience, String type) throws Exception {
    Class<?> tried = Class.forName(Bundled.class.getName() + "$" + type);
    TestJar jar = new TestJar("tried", "1.0.0");
    Path file =
        jar(
            "tried",
            type.endsWith("Activator")
                ? jar.activator(tried)
                : jar.component(tried, "optional", "words"));
    return assertThrows(Refusal.class, () -> trial(patience).of(file));
  }

  private Path jar(String name, TestJar jar) throws Exception {
    return jar.write(folder.resolve(name + ".jar"));
  }

  private Trial trial(Duration patience) {
    return new Trial(framework.context(), diagnosis, PatientWork.of(patience));
  }
}
