package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployment.State;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.deploy.guard.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Path A = Path.of("a.jar");
  private static final Path B = Path.of("b.cfg");

  @TempDir Path folder;

  private final List<Deployment> heard = new ArrayList<>();
  private TestFramework framework;
  private Ledger ledger;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(folder);
    Diagnosis diagnosis = new Diagnosis(framework.context(), () -> null);
    Trial trial = new Trial(framework.context(), diagnosis, PatientWork.of(Duration.ofMinutes(2)));
    ledger =
        new Ledger(
            call -> call.accept(heard::add),
            trial,
            new UnreadFiles(diagnosis, new DeclaredOptions(framework.context())));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  @Test
  void listenersHearOnlyOnceThePlatformIsLive() {
    ledger.active(A, "it was there at the start");
    ledger.removed(B, "it has gone");
    assertEquals(List.of(), heard);
    ledger.live();
    assertEquals(List.of(), heard);
    ledger.refused(A, new Refusal("it is broken", "Fix it."));
    ledger.removed(B, "it has gone again");
    assertEquals(
        List.of(
            new Deployment(A, State.REFUSED, "it is broken", "Fix it."),
            new Deployment(B, State.REMOVED, "it has gone again", "")),
        heard);
  }

  @Test
  void theLastOutcomeOfEachFileIsKeptByName() {
    ledger.active(B, "b works");
    ledger.active(A, "a works");
    ledger.refused(B, new Refusal("b is broken", "Fix it."));
    assertEquals(
        List.of(
            new Deployment(A, State.ACTIVE, "a works", ""),
            new Deployment(B, State.REFUSED, "b is broken", "Fix it.")),
        ledger.deployments());
    ledger.removed(A, "a has gone");
    assertEquals(List.of(B), ledger.deployments().stream().map(Deployment::file).toList());
  }

  @Test
  void aTrialSaysWhyAndIsNotRemembered() throws Exception {
    Path jar =
        new TestJar("a", "1.0.0")
            .header("Import-Package", "other.nowhere")
            .write(folder.resolve("a.jar"));
    assertEquals(
        new Deployment(
            jar,
            State.REFUSED,
            "it imports the package other.nowhere, which no bundle exports",
            "Put the classes into the bundle itself, or deploy a bundle that exports them."),
        ledger.trial(jar));
    assertEquals(List.of(), ledger.deployments());
    assertEquals(List.of(), framework.bundles("a"));
  }
}
