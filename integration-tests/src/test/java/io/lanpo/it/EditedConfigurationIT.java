package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * The file of a strategy is edited while the platform runs: a run keeps what it began with, the
 * next takes what is written now, and what is wrong changes nothing.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class EditedConfigurationIT {
  private static final String FILE = "io.lanpo.reflection.template~mine.cfg";
  private static final String GOOD =
      """
      lanpo.name = mine
      prompt = problem : {{question}} attempt : {{attempt}} %s
      solution-marker = solution :
      """;

  @OsgiService TrainingService training;
  @OsgiService ComponentCatalogue catalogue;
  @OsgiService BundleContext context;

  private final BlockingQueue<Deployment> told = new LinkedBlockingQueue<>();
  private ServiceRegistration<?> listener;

  @BeforeEach
  void write() throws Exception {
    listener =
        context.registerService(DeploymentListener.class, (DeploymentListener) this::hear, null);
    edit(GOOD.formatted("review :"));
    assertEquals("mine is configured by it", next().message());
  }

  private void hear(Deployment outcome) {
    if (outcome.file().equals(file())) {
      told.add(outcome);
    }
  }

  @AfterEach
  void takeBack() throws Exception {
    Files.delete(file());
    assertEquals(Deployment.State.REMOVED, next().state());
    // a component goes on another thread than its configuration
    Await.until(() -> serving() + " serve", () -> serving() == 0);
    listener.unregister();
  }

  @Test
  void aRunKeepsItsOwnAndTheNextTakesTheNew() throws Exception {
    RunSummary whole = run(progress -> {});
    RunSummary during =
        run(
            step -> {
              edit(GOOD.formatted("answer review :"));
              assertEquals(
                  "mine is configured by it; runs that hold it as it was before keep it to their end",
                  next().message());
              assertEquals(2, serving());
            });
    assertEquals(RunState.FINISHED, during.state(), during.message());
    assertEquals(RunFiles.of(whole).metrics(), RunFiles.of(during).metrics());
    assertEquals(RunFiles.of(whole).rollouts(), RunFiles.of(during).rollouts());
    RunSummary after = run(progress -> {});
    assertTrue(
        RunFiles.of(after).rollouts("reflect").stream()
            .allMatch(line -> line.get("prompt").getAsString().endsWith("answer review :")));
    assertEquals(1, serving());
  }

  @Test
  @Tag("full")
  void whatIsWrongChangesNothing() throws Exception {
    RunSummary before = run(progress -> {});
    refused(GOOD.formatted("review :") + "promt = x\n", "promt", "Did you mean prompt?");
    refused(GOOD.formatted("review :") + "longest-attempt = many\n", "longest-attempt", "");
    refused(GOOD.formatted("{{attmept}}"), "attmept", "");
    refused(GOOD.formatted("review :") + "prompt = x\n", "given twice", "key = value");
    RunSummary after = run(progress -> {});
    assertEquals(1, serving());
    assertEquals(RunFiles.of(before).rollouts(), RunFiles.of(after).rollouts());
  }

  private void refused(String text, String message, String nextStep) throws Exception {
    edit(text);
    Deployment outcome = next();
    assertEquals(Deployment.State.REFUSED, outcome.state(), outcome.message());
    String said = outcome.message() + " " + outcome.nextStep();
    assertTrue(said.contains(message), said);
    assertTrue(said.contains(nextStep), said);
  }

  private interface Action {
    void during(String run) throws Exception;
  }

  private RunSummary run(Action atStepTwo) throws InterruptedException {
    return SmallRun.run(
        training,
        SmallRun.atStep(
            2,
            id -> {
              try {
                atStepTwo.during(id);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }),
        "steps",
        "4",
        "reflection",
        "mine");
  }

  private long serving() {
    return catalogue.components().stream().filter(c -> c.name().equals("mine")).count();
  }

  private Deployment next() {
    return Await.next(told);
  }

  private void edit(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return Path.of(context.getProperty("lanpo.configs")).resolve(FILE);
  }
}
