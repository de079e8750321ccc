package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** An experiment from the command line: what a kill leaves, what is run again, what is refused. */
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
final class ExperimentIT {
  private static final String TINY =
      """
      description = two variants, two seeds
      base = micro-smoke
      seeds = 1 2
      processes = 2
      baselines = grpo
      budget = lanpo
      set = policy.width = 32; policy.layers = 1
      variant.lanpo =
      variant.grpo = algorithm = grpo
      """;

  @TempDir Path folder;
  private Path configs;
  private Lanpo lanpo;

  @BeforeEach
  void platform() throws IOException {
    configs = Files.createDirectory(folder.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    Files.writeString(configs.resolve("experiment~tiny.cfg"), TINY);
    lanpo = new Lanpo(folder, configs);
  }

  @Test
  @Tag("full")
  void goesOnAfterAKillAndRunsNothingTwice() throws Exception {
    Process killed = lanpo.start("experiment", "tiny");
    Path first = awaitResult(killed);
    killed.destroyForcibly();
    killed.waitFor();
    String before = Files.readString(first.resolve("run.json"));

    Lanpo.Result whole = lanpo.run("experiment", "tiny", "--json");
    assertEquals(0, whole.code(), whole.err());
    JsonObject document = JsonParser.parseString(whole.out()).getAsJsonObject();
    assertAll(
        () -> assertEquals(4, document.get("finished").getAsInt()),
        () -> assertEquals(0, document.getAsJsonArray("failures").size()),
        () -> assertEquals(before, Files.readString(first.resolve("run.json"))),
        () -> assertEquals(4, runs().size(), runs().toString()));
    // variants of a seed share a cold start: one of them computed it, the other found it
    Map<String, Integer> computed = new HashMap<>();
    for (Path run : runs()) {
      JsonObject totals =
          JsonParser.parseString(Files.readString(run.resolve("result.json")))
              .getAsJsonObject()
              .getAsJsonObject("totals");
      String seed =
          JsonParser.parseString(Files.readString(run.resolve("run.json")))
              .getAsJsonObject()
              .getAsJsonObject("settings")
              .get("seed")
              .getAsString();
      computed.merge(
          seed, totals.get("coldStartCpuSeconds").getAsDouble() > 0 ? 1 : 0, Integer::sum);
    }
    assertEquals(Map.of("1", 1, "2", 1), computed);
    Path html = Path.of(document.get("html").getAsString());
    assertTrue(Files.readString(html).contains("data:image/svg"), "no pictures in " + html);
    assertTrue(
        Files.readString(Path.of(document.get("markdown").getAsString()))
            .contains("4 of 4 runs are finished"));

    Lanpo.Result again = lanpo.run("experiment", "tiny", "--report");
    assertEquals(0, again.code(), again.err());
    assertEquals(4, runs().size());
    assertTrue(again.out().contains("4 of 4"), again.out());

    copied(first);
  }

  /** The folder of another run under a name of its own. */
  private void copied(Path run) throws Exception {
    Path copy = Files.createDirectory(run.resolveSibling("copy"));
    Files.copy(run.resolve("run.json"), copy.resolve("run.json"));
    Lanpo.Result refused = lanpo.run("experiment", "tiny");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("is a copy of run " + run.getFileName()), refused.err());
    assertFalse(refused.err().contains("\tat "), refused.err());
  }

  @Test
  @Tag("full")
  void controlCStopsTheRunsWithACheckpoint() throws Exception {
    Process process = lanpo.start("experiment", "tiny", "--set", "steps=100000");
    Path run = lanpo.awaitStep(process, 2);
    assertEquals(
        0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
    Lanpo.Result ended = Lanpo.finish(process);
    assertEquals(130, ended.code(), ended.err());
    JsonObject record =
        JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
    assertEquals("STOPPED", record.get("state").getAsString());
    assertEquals(record.get("step").getAsInt(), RunFiles.of(run).checkpointStep());
  }

  @Test
  void whatIsWrongIsSaidBeforeARunBegins() throws Exception {
    Files.writeString(configs.resolve("experiment~tiny.cfg"), TINY + "variant.lanpo = steps = 2\n");
    Lanpo.Result twice = lanpo.run("experiment", "tiny");
    Files.writeString(
        configs.resolve("experiment~tiny.cfg"), TINY + "variant.x = planner.raito = 0.5\n");
    Lanpo.Result unknown = lanpo.run("experiment", "tiny");
    assertAll(
        () -> assertEquals(1, twice.code()),
        () -> assertTrue(twice.err().contains("the variant lanpo is given twice"), twice.err()),
        () -> assertEquals(1, unknown.code()),
        () ->
            assertTrue(
                unknown.err().contains("variant.x: unknown key planner.raito = 0.5"),
                unknown.err()),
        () -> assertTrue(unknown.err().contains("planner.ratio"), unknown.err()),
        () -> assertEquals(List.of(), runs()));
  }

  private Path awaitResult(Process process) {
    List<Path> found = new ArrayList<>();
    Await.until(
        process,
        () -> "no run has finished",
        () -> {
          for (Path run : runs()) {
            if (Files.exists(run.resolve("result.json"))
                && Files.readString(run.resolve("run.json")).contains("FINISHED")) {
              found.add(run);
            }
          }
          return !found.isEmpty();
        });
    return found.get(0);
  }

  private List<Path> runs() throws IOException {
    try (var folders = Files.list(lanpo.runs())) {
      return folders.filter(f -> Files.exists(f.resolve("run.json"))).sorted().toList();
    }
  }
}
