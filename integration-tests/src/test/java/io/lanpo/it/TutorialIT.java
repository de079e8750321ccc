package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The afternoon of {@code docs/tutorial.md}, in its order: an open shell, a run in it, a project
 * from the archetype, its jar dropped in, a changed line swapped in from another terminal, two runs
 * compared, and the jar taken away and brought back.
 */
@Tag("full")
@Timeout(900)
final class TutorialIT {
  private static final String STRATEGY = "my-critique";

  /** Enough for a jar to be taken away in the middle. */
  private static final int STEPS = 60;

  @TempDir Path folder;

  @Test
  void theAfternoon() throws Exception {
    Lanpo lanpo = Lanpo.withColdStarts(folder, ProductOptions.home().resolveSibling("configs"));
    Path deployed = folder.resolve("deploy/my-critique-1.0-SNAPSHOT.jar");
    try (LiveShell shell = lanpo.shell()) {
      lookAround(shell);
      trainStopAndResume(shell, lanpo);
      NewProject project = project();
      String undisturbed = endless(shell, lanpo);
      dropIn(shell, project, deployed);
      shell.type("stop " + undisturbed);
      shell.await("stop");
      String first = finished(shell, lanpo, STRATEGY);
      assertEquals(STRATEGY, RunFiles.of(run(lanpo, first)).bundle("reflection"));
      swap(lanpo, project);
      shell.await("it has replaced the one before");
      String second = finished(shell, lanpo, STRATEGY);
      compare(shell, lanpo, first, second);
      takeAwayAndBringBack(shell, lanpo, deployed, second);
    }
  }

  private static void lookAround(LiveShell shell) throws Exception {
    shell.await("LANPO 0.1.0");
    shell.type("components");
    shell.await("io.lanpo.pool.chronicle");
    shell.type("why lexical");
    shell.await("ready");
  }

  private void trainStopAndResume(LiveShell shell, Lanpo lanpo) throws Exception {
    String run = endless(shell, lanpo);
    shell.type("status");
    shell.await(run);
    shell.type("stop " + run);
    await(() -> state(lanpo, run).equals("STOPPED"));
    shell.type("resume " + run + " &");
    await(() -> state(lanpo, run).equals("RUNNING"));
    shell.type("stop " + run);
    await(() -> state(lanpo, run).equals("STOPPED"));
  }

  private NewProject project() throws Exception {
    NewProject project =
        NewProject.generate(Files.createDirectory(folder.resolve("project")), STRATEGY);
    assertTrue(Files.exists(project.folder().resolve("README.md")));
    project.replace("second-look", STRATEGY);
    String said = project.verify();
    assertTrue(said.contains("SecondLookTest") && said.contains("StrategyIT"), said);
    return project;
  }

  private static void dropIn(LiveShell shell, NewProject project, Path deployed) throws Exception {
    shell.type("");
    Path beside = deployed.resolveSibling(".part");
    Files.copy(project.jar(), beside);
    Files.move(beside, deployed);
    shell.await("brings reflection " + STRATEGY);
    shell.type("components");
    shell.await("1.0.0");
  }

  private void swap(Lanpo lanpo, NewProject project) throws Exception {
    String good = Files.readString(project.strategy());
    Files.writeString(
        project.strategy(),
        good.replaceFirst(
            "( SecondLook\\(String [^)]*\\) \\{)",
            "$1\n    if (true) throw new IllegalStateException(\"no model here\");\n"));
    Lanpo.Result broken = lanpo.run("dev", "swap", project.folder().toString());
    assertEquals(1, broken.code(), broken.out());
    assertTrue(broken.err().contains("is not deployed, nothing has changed"), broken.err());
    assertTrue(broken.err().contains("IllegalStateException: no model here"), broken.err());
    Files.writeString(project.strategy(), good + "\n/** One more class. */\nfinal class More {}\n");
    Lanpo.Result swapped = lanpo.run("dev", "swap", project.folder().toString());
    assertEquals(0, swapped.code(), swapped.err());
    assertTrue(swapped.out().contains("The next run uses it"), swapped.out());
    try (Stream<Path> jars = Files.list(folder.resolve("deploy"))) {
      assertEquals(1, jars.filter(f -> f.toString().endsWith(".jar")).count());
    }
  }

  private static void compare(LiveShell shell, Lanpo lanpo, String first, String second)
      throws Exception {
    String then = reflection(lanpo, first).get("content").getAsString();
    String now = reflection(lanpo, second).get("content").getAsString();
    assertNotEquals(then, now);
    shell.type("compare " + first + " " + second);
    shell.await("B less A");
    assertTrue(shell.since().contains("All settings are the same."), shell.since());
    assertTrue(shell.since().contains(then) && shell.since().contains(now), shell.since());
  }

  private void takeAwayAndBringBack(LiveShell shell, Lanpo lanpo, Path deployed, String undisturbed)
      throws Exception {
    String run = begun(shell, lanpo, 1, words(STRATEGY, STEPS));
    Path away = folder.resolve("away.jar");
    Files.move(deployed, away);
    await(() -> state(lanpo, run).equals("STOPPED"));
    assertTrue(
        record(lanpo, run).get("message").getAsString().contains("bring back bundle " + STRATEGY),
        record(lanpo, run).toString());
    shell.type("resume " + run);
    shell.await("names no installed reflection strategy");
    Files.move(away, deployed);
    shell.await("brings reflection " + STRATEGY);
    shell.type("resume " + run);
    await(() -> state(lanpo, run).equals("FINISHED"));
    assertEquals(
        RunFiles.of(run(lanpo, undisturbed)).metrics(), RunFiles.of(run(lanpo, run)).metrics());
    assertEquals(
        RunFiles.of(run(lanpo, undisturbed)).rollouts(), RunFiles.of(run(lanpo, run)).rollouts());
  }

  /** Begins a run in the background that does not end by itself. */
  private static String endless(LiveShell shell, Lanpo lanpo) throws Exception {
    return begun(shell, lanpo, 1, words("micro", 100_000));
  }

  private static String finished(LiveShell shell, Lanpo lanpo, String reflection) throws Exception {
    String run = begun(shell, lanpo, 0, words(reflection, STEPS));
    await(() -> state(lanpo, run).equals("FINISHED"));
    return run;
  }

  private static String words(String reflection, int steps) {
    return String.join(
        " ", SmallRun.options("reflection", reflection, "steps", Integer.toString(steps)));
  }

  /** Begins a run in the background and waits for some of its steps. */
  private static String begun(LiveShell shell, Lanpo lanpo, int steps, String words)
      throws Exception {
    Set<String> before = runs(lanpo);
    shell.type("train micro-smoke " + words + " &");
    List<String> found = new ArrayList<>();
    await(
        shell::since,
        () -> {
          Set<String> now = runs(lanpo);
          now.removeAll(before);
          for (String run : now) {
            if (Files.exists(run(lanpo, run).resolve("run.json")) && steps(lanpo, run) >= steps) {
              found.add(run);
            }
          }
          return !found.isEmpty();
        });
    return found.get(0);
  }

  private static int steps(Lanpo lanpo, String run) throws IOException {
    Path metrics = run(lanpo, run).resolve("metrics.jsonl");
    return Files.exists(metrics) ? Files.readAllLines(metrics).size() : 0;
  }

  private static Set<String> runs(Lanpo lanpo) throws IOException {
    try (Stream<Path> runs = Files.list(lanpo.runs())) {
      return new TreeSet<>(runs.map(run -> run.getFileName().toString()).toList());
    }
  }

  private static Path run(Lanpo lanpo, String run) {
    return lanpo.runs().resolve(run);
  }

  private static String state(Lanpo lanpo, String run) throws IOException {
    return record(lanpo, run).get("state").getAsString();
  }

  private static JsonObject record(Lanpo lanpo, String run) throws IOException {
    return JsonParser.parseString(Files.readString(run(lanpo, run).resolve("run.json")))
        .getAsJsonObject();
  }

  private static JsonObject reflection(Lanpo lanpo, String run) throws IOException {
    return RunFiles.of(run(lanpo, run))
        .manifest()
        .getAsJsonObject("components")
        .getAsJsonObject("reflection");
  }

  private static void await(Callable<Boolean> condition) {
    await(() -> "it is not so", condition);
  }

  private static void await(Supplier<Object> otherwise, Callable<Boolean> condition) {
    Await.until(otherwise, condition);
  }
}
