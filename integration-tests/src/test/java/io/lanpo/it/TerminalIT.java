package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The product in a real terminal: completion, tables that fit, warnings on lines of their own. */
@Tag("full")
@Timeout(900)
final class TerminalIT {
  private static final int HEIGHT = 200;

  @TempDir static Path folder;
  private static Lanpo lanpo;
  private static String run;

  @BeforeAll
  static void aRunIsTrainedInATerminal() throws Exception {
    Tmux.missing().ifPresent(reason -> Assumptions.abort(reason));
    lanpo = new Lanpo(folder, ProductOptions.home().resolveSibling("configs"));
    String train = Lanpo.script() + " train micro-smoke --set coldstart.steps=2";
    try (Tmux terminal = Tmux.open(lanpo, 80, HEIGHT, train)) {
      terminal.await("it has ended");
      // it was logged while the progress line was there
      assertTrue(
          terminal.lines().stream()
              .anyMatch(line -> line.startsWith("lanpo: after a cold start of 2 steps")),
          terminal.lines().toString());
      assertTrue(
          terminal.lines().stream()
              .filter(line -> line.contains("warning: "))
              .allMatch(line -> line.startsWith("warning: ")),
          terminal.lines().toString());
    }
    try (Stream<Path> runs = Files.list(lanpo.runs())) {
      run = runs.findFirst().orElseThrow().getFileName().toString();
    }
  }

  @Test
  void tabKnowsWhereItIs() throws Exception {
    try (Tmux shell = shell(80)) {
      shell.type("pool ", "Tab");
      shell.await("lessons");
      assertFalse(String.join("\n", shell.lines()).contains(run), shell.lines().toString());
      shell.clear();
      shell.type("train micro-sm", "Tab");
      shell.await("train micro-smoke");
      shell.clear();
      shell.type("train micro --set poli", "Tab");
      shell.await("policy.");
      shell.clear();
      shell.type("train micro --set policy=", "Tab");
      shell.await("tinker");
      shell.clear();
      shell.type("train micro --set checkpoint.keep-best=", "Tab");
      shell.await("false");
      shell.clear();
      shell.type("run show micro-sm", "Tab");
      shell.await("run show " + run);
      shell.clear();
      shell.type("help lb", "Enter");
      shell.await("list all installed bundles");
    }
  }

  @Test
  void tablesFitTheTerminalAndKeepIdsWhole() throws Exception {
    for (int width : new int[] {80, 120}) {
      try (Tmux shell = shell(width)) {
        see(shell, width, "runs", run, "3/3");
        see(shell, width, "run show " + run, "io.lanpo.verifier.exact", "zero-shot");
        see(shell, width, "components", "within-group", "io.lanpo.dashboard", "on demand");
        see(shell, width, "pool stats --run " + run, "capacity");
        see(shell, width, "config micro", "policy.batch");
      }
    }
  }

  @Test
  void oneCommandFitsTheTerminalAsWell() throws Exception {
    try (Tmux terminal = Tmux.open(lanpo, 80, HEIGHT, Lanpo.script() + " runs")) {
      terminal.await("it has ended");
      fits(terminal, 80);
      terminal.await(run);
    }
  }

  private static Tmux shell(int width) throws Exception {
    Tmux shell = Tmux.open(lanpo, width, HEIGHT, Lanpo.script() + " shell");
    shell.awaitPrompt(1);
    return shell;
  }

  private static void see(Tmux shell, int width, String command, String... texts) throws Exception {
    shell.clear();
    shell.type(command, "Enter");
    shell.awaitPrompt(2);
    for (String text : texts) {
      shell.await(text);
    }
    fits(shell, width);
  }

  /** No line goes over the edge, but for a path, which is never broken. */
  private static void fits(Tmux terminal, int width) throws Exception {
    assertEquals(
        List.of(),
        terminal.lines().stream()
            .filter(line -> line.length() > width && !line.contains(folder.toString()))
            .toList());
  }
}
