package io.lanpo.shell.command.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.dashboard.Dashboard;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class DashboardCommandTest {
  private final Doors doors = new Doors();
  private final CommandHarness shell = new CommandHarness().with(Dashboard.class, doors);

  /** Ctrl-C has been pressed already: the command does not wait for it. */
  @BeforeEach
  void cancelled() {
    shell.cancellation.cancel();
  }

  @Test
  void opensOnLoopbackAtTheUsualPort() {
    assertEquals(0, shell.run("dashboard"));
    assertEquals("the page is at http://127.0.0.1:7077/\n", shell.out());
    assertEquals(0, shell.held.get());
  }

  @Test
  void goesToAnotherPortOnlyWhenNoneWasNamed() {
    doors.taken = 7077;
    assertEquals(0, shell.run("dashboard", "--json"));
    assertEquals("{\"address\":\"http://127.0.0.1:4711/\"}\n", shell.out());
    assertTrue(shell.run("dashboard", "--port", "7077") != 0);
    assertTrue(shell.err().contains("port 7077 is taken"), shell.err());
  }

  @Test
  void takesHostAndPortAndCloses() {
    assertEquals(0, shell.run("dashboard", "--host", "0.0.0.0", "--port", "80"));
    assertEquals(0, shell.run("dashboard", "--close"));
    assertEquals(List.of("open 0.0.0.0 80", "close"), doors.calls);
  }

  @Test
  void thePageOfARunIsClosedWithItOnlyWhenThatIsAsked() {
    shell.with(TrainingService.class, new FakeTrainingService());
    assertEquals(0, shell.run("train", "micro", "--dashboard"));
    assertEquals(List.of("open 127.0.0.1 7077"), doors.calls);
    assertEquals(0, shell.run("train", "micro", "--dashboard", "--close"));
    assertEquals(List.of("open 127.0.0.1 7077", "open 127.0.0.1 7077", "close"), doors.calls);
    assertTrue(shell.run("train", "micro", "--close") != 0);
    assertTrue(shell.err().contains("--close goes with --dashboard"), shell.err());
  }

  @Test
  @Timeout(300)
  void thePageOfARunStaysUntilCtrlC() throws Exception {
    CommandHarness waiting =
        new CommandHarness()
            .with(Dashboard.class, doors)
            .with(TrainingService.class, new FakeTrainingService());
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> waiting.run("train", "micro", "--dashboard"));
    while (!waiting.err().contains("the page stays; Ctrl-C closes it")) {
      assertFalse(code.isDone(), waiting.err());
      Thread.onSpinWait();
    }
    assertTrue(waiting.out().contains("held-out accuracy"), "after the result");
    waiting.cancellation.cancel();
    assertEquals(0, code.get());
  }

  @Test
  void aPortThatIsNoneIsWrongUsage() {
    shell.run("dashboard", "--port", "65536");
    assertTrue(shell.err().contains("--port = 65536 is not allowed"), shell.err());
    assertEquals(List.of(), doors.calls);
  }

  /** A page that only says where it would be. */
  private static final class Doors implements Dashboard {
    private final List<String> calls = new ArrayList<>();
    private int taken = -1;

    @Override
    public URI open(String host, int port) {
      if (port == taken) {
        throw new UserException("port " + port + " is taken", "");
      }
      calls.add("open %s %d".formatted(host, port));
      return URI.create("http://%s:%d/".formatted(host, port == 0 ? 4711 : port));
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
