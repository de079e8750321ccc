package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** The objective of {@code docs/tutorial.md}, section 8, dropped in while a run trains. */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class ObjectiveIT {
  private static final String BUNDLE = "my-objective";

  @TempDir Path work;

  @OsgiService TrainingService training;
  @OsgiService ComponentCatalogue catalogue;
  @OsgiService BundleContext context;

  @AfterEach
  void takeBack() throws IOException {
    Files.deleteIfExists(jar());
    Await.until(this::serving, () -> serving().isEmpty());
  }

  @Test
  @Tag("full")
  void aRunIsNotDisturbedAndTheNextLearnsFromRanks() throws Exception {
    NewProject project = NewProject.generate(work, BUNDLE);
    project.becomesObjective("Ranks", "ranks", shown());
    project.verify();
    Path jar = project.jar();
    RunSummary undisturbed = SmallRun.run(training, progress -> {}, "steps", "5");
    RunSummary during =
        SmallRun.run(training, SmallRun.atStep(2, run -> deploy(jar)), "steps", "5");
    assertEquals(List.of(BUNDLE), serving());
    RunFiles.assertSame(undisturbed, during);
    assertEquals(
        "lanpo", record(during).getAsJsonObject("settings").get("objective").getAsString());

    RunSummary next = withRanks();
    assertEquals(RunState.FINISHED, next.state(), next.message());
    assertEquals("ranks", record(next).getAsJsonObject("settings").get("objective").getAsString());
    assertEquals(BUNDLE, RunFiles.of(next).bundle("objective"));
    assertRanks(next);
  }

  /** Rewards are 0 or 1: a rank is what the others got on average, on the other side. */
  private static void assertRanks(RunSummary run) throws IOException {
    List<JsonObject> lines =
        Files.readAllLines(run.folder().resolve("rollouts.jsonl")).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .filter(line -> line.get("verdict").getAsString().equals("scored"))
            .toList();
    Set<Double> seen = new HashSet<>();
    for (JsonObject line : lines) {
      double reward = line.get("reward").getAsDouble();
      List<JsonObject> group =
          lines.stream()
              .filter(
                  other ->
                      other.get("step").equals(line.get("step"))
                          && other.get("group").equals(line.get("group")))
              .toList();
      double better =
          group.stream()
              .mapToDouble(other -> Math.signum(reward - other.get("reward").getAsDouble()))
              .sum();
      double advantage = line.get("advantage").getAsDouble();
      assertEquals(better / (group.size() - 1), advantage, 1e-12);
      seen.add(advantage);
    }
    assertTrue(seen.size() > 1, "no group had anything to rank");
    assertFalse(seen.contains(Double.NaN));
  }

  /** What is set for the objective of the configuration is none of this one's settings. */
  private RunSummary withRanks() throws InterruptedException {
    Map<String, String> settings = SmallRun.settings("steps", "40", "objective", "ranks");
    settings.keySet().removeIf(key -> key.startsWith("objective."));
    return training.start(SmallRun.CONFIGURATION, settings, progress -> {}).await();
  }

  private static JsonObject record(RunSummary run) throws IOException {
    return JsonParser.parseString(Files.readString(run.folder().resolve("run.json")))
        .getAsJsonObject();
  }

  /** The class that the tutorial shows. */
  private static String shown() throws IOException {
    String page =
        Files.readString(ProductOptions.home().resolveSibling("docs").resolve("tutorial.md"));
    String begin = "```java\n";
    String code = page.substring(page.indexOf(begin) + begin.length());
    return code.substring(0, code.indexOf("```"));
  }

  private void deploy(Path built) {
    try {
      Path beside = jar().resolveSibling(".objective.part");
      Files.copy(built, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, jar(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(this::serving, () -> !serving().isEmpty());
  }

  private Path jar() {
    return Path.of(String.valueOf(context.getProperty("lanpo.deploy"))).resolve("objective.jar");
  }

  /** Bundles of the objectives that are called ranks. */
  private List<String> serving() {
    return catalogue.components().stream()
        .filter(c -> c.kind().equals("objective") && c.name().equals("ranks") && c.serves())
        .map(ComponentState::bundle)
        .toList();
  }
}
