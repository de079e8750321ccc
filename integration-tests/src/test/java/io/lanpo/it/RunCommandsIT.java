package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs from the command line: what they print, and how they end when somebody, another process or
 * the disk comes in between.
 */
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
final class RunCommandsIT {
  @TempDir Path folder;
  private Lanpo lanpo;

  @BeforeEach
  void platform() throws IOException {
    lanpo = Lanpo.withColdStarts(folder, ProductOptions.home().resolveSibling("configs"));
  }

  @Test
  void aRunAsOneDocument() throws Exception {
    Lanpo.Result result = Lanpo.finish(train("--json", "steps", "2"));
    assertEquals(0, result.code(), result.err());
    JsonObject document = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(
        List.of("run", "steps", "generatedTokens", "cpuSeconds", "wallSeconds", "before", "after"),
        List.copyOf(document.keySet()).subList(0, 7));
    assertEquals(2, document.get("steps").getAsInt());
    assertTrue(document.get("generatedTokens").getAsLong() > 0, result.out());
    assertTrue(document.get("cpuSeconds").getAsDouble() > 0, result.out());
    assertTrue(document.get("wallSeconds").getAsDouble() > 0, result.out());
    for (String when : List.of("before", "after")) {
      JsonObject scores = document.getAsJsonObject(when);
      assertEquals(List.of("zero-shot", "reflect", "retrieve"), List.copyOf(scores.keySet()));
      for (Map.Entry<String, JsonElement> score : scores.entrySet()) {
        JsonObject mean = score.getValue().getAsJsonObject();
        assertEquals(List.of("mean", "se"), List.copyOf(mean.keySet()));
        assertTrue(mean.get("mean").getAsDouble() >= 0 && mean.get("mean").getAsDouble() <= 1);
      }
    }
    assertTrue(Files.isDirectory(lanpo.runs().resolve(document.get("run").getAsString())));
  }

  @Test
  @Tag("full")
  void aRunThatLearnsNothingSaysSo() throws Exception {
    String[] cut = {"steps", "6", "sampling.max-tokens", "2", "sampling.max-review-tokens", "2"};
    List<String> words = new ArrayList<>(List.of("--json"));
    words.addAll(List.of(cut));
    Lanpo.Result result = Lanpo.finish(train(words.toArray(String[]::new)));
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result
            .err()
            .lines()
            .anyMatch(
                line ->
                    line.matches(
                        "warning: (\\d+) of \\1 completions of steps 1 to 5 were cut off at the length"
                            + " limit before they ended; raise sampling.max-tokens = 2")),
        result.err());
    JsonObject document = JsonParser.parseString(result.out()).getAsJsonObject();
    assertFalse(document.get("learned").getAsBoolean(), result.out());
    assertEquals(
        "cut-off",
        document.getAsJsonArray("findings").get(0).getAsJsonObject().get("kind").getAsString());
    Lanpo.Result shown = lanpo.run("run", "show", document.get("run").getAsString());
    assertTrue(
        shown
            .out()
            .startsWith(
                "Nothing was learned: the policy is as it was before step 1, after 6 training"
                    + " steps.\nwarning: "),
        shown.out());
  }

  @Test
  void theConfigurationReferenceIsWhatTheCodeDeclares() throws Exception {
    Lanpo.Result result = lanpo.run("config", "micro", "--markdown");
    assertEquals(0, result.code(), result.err());
    Path page = ProductOptions.home().resolveSibling("docs").resolve("configuration.md");
    List<String> written = Files.readAllLines(page);
    List<String> printed = result.out().lines().toList();
    String renew =
        "to be renewed with: runtime/bin/lanpo config micro --markdown >docs/configuration.md";
    // the lines that differ, not two whole pages in the log
    assertEquals("", String.join("\n", without(written, printed)), "no longer printed; " + renew);
    assertEquals("", String.join("\n", without(printed, written)), "not on the page; " + renew);
    int same = 0;
    int most = Math.min(written.size(), printed.size());
    while (same < most && printed.get(same).equals(written.get(same))) {
      same++;
    }
    assertEquals(
        List.of(same, same),
        List.of(written.size(), printed.size()),
        "same lines in another order or number; " + renew);
  }

  private static List<String> without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).toList();
  }

  @Test
  @Tag("full")
  void oneProcessAtATimeHasAPoolAndControlCSavesTheRun() throws Exception {
    Process first = train("steps", "100000", "pool.name", "shared");
    Path run = lanpo.awaitStep(first, 2);

    Lanpo.Result second = Lanpo.finish(train("steps", "1", "pool.name", "shared"));
    assertAll(
        () -> assertEquals(1, second.code()),
        () -> assertTrue(second.err().contains("is open in process " + first.pid()), second.err()),
        () -> assertFalse(second.err().contains("\tat "), second.err()),
        () -> assertEquals(List.of(run), runs()));

    Lanpo.Result ended = interrupt(first);
    assertEquals(130, ended.code(), ended.err());
    JsonObject shown = show(run);
    assertEquals("stopped", shown.get("state").getAsString());
    int step = shown.get("step").getAsInt();
    assertEquals(step, RunFiles.of(run).checkpointStep());
    assertEquals(step, RunFiles.of(run).metrics().size());

    Process resumed = lanpo.start("resume", run.getFileName().toString());
    lanpo.awaitStep(resumed, step + 2);
    assertEquals(130, interrupt(resumed).code());
    assertTrue(RunFiles.of(run).checkpointStep() >= step + 2);
    assertSteps(run, RunFiles.of(run).checkpointStep());
  }

  @Test
  @Tag("full")
  void controlCDuringTheColdStart() throws Exception {
    Process process = train("coldstart.steps", "100000", "steps", "2");
    try (var progress = process.errorReader()) {
      String line = progress.readLine();
      while (line != null && !line.startsWith("cold start")) {
        line = progress.readLine();
      }
      assertTrue(line != null, "the cold start did not begin");
      signal(process);
      List<String> rest = progress.lines().toList();
      assertEquals(130, process.waitFor());
      assertTrue(rest.toString().contains("stopped at step 0; resume with"), rest.toString());
    }
    assertEquals("stopped", show(runs().get(0)).get("state").getAsString());
  }

  /** A limit on the size of files stands in for the full disk: to a program they look alike. */
  @Test
  @Tag("full")
  void aFullDisk() throws Exception {
    Process process = train("steps", "30");
    Path run = lanpo.awaitStep(process, 9);
    limitFiles(process, Files.size(run.resolve("rollouts.jsonl")));
    Lanpo.Result full = Lanpo.finish(process);
    assertAll(
        () -> assertEquals(1, full.code(), full.err()),
        () -> assertTrue(full.err().contains(" cannot be written: File too large"), full.err()),
        () -> assertTrue(full.err().contains("Free space on that disk"), full.err()),
        () -> assertTrue(full.err().contains("lanpo resume " + run.getFileName()), full.err()),
        () -> assertFalse(full.err().contains("\tat "), full.err()),
        () -> assertEquals("failed", show(run).get("state").getAsString()));

    Lanpo.Result resumed = lanpo.run("resume", run.getFileName().toString(), "--json");
    assertEquals(0, resumed.code(), resumed.err());
    assertSteps(run, 30);
    assertEquals(30 * 4 * 12, Files.readAllLines(run.resolve("rollouts.jsonl")).size());
  }

  private static void limitFiles(Process process, long bytes) throws Exception {
    List<String> command =
        List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes);
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  /** Every step once, in order. */
  private static void assertSteps(Path run, int steps) throws IOException {
    assertEquals(
        IntStream.rangeClosed(1, steps).boxed().toList(),
        RunFiles.of(run).metrics().stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject().get("step").getAsInt())
            .toList());
  }

  private Process train(String... words) throws IOException {
    return lanpo.start(words(words));
  }

  /** The command {@code train}; words that begin with a dash are options, the rest settings. */
  private static List<String> words(String... words) {
    List<String> command =
        new ArrayList<>(List.of(Lanpo.script().toString(), "train", SmallRun.CONFIGURATION));
    List<String> settings = new ArrayList<>();
    for (String word : words) {
      (word.startsWith("-") ? command : settings).add(word);
    }
    command.addAll(SmallRun.options(settings.toArray(String[]::new)));
    return command;
  }

  private static Lanpo.Result interrupt(Process process) throws Exception {
    signal(process);
    return Lanpo.finish(process);
  }

  private static void signal(Process process) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
  }

  private JsonObject show(Path run) throws Exception {
    Lanpo.Result shown = lanpo.run("run", "show", run.getFileName().toString(), "--json");
    assertEquals(0, shown.code(), shown.err());
    return JsonParser.parseString(shown.out()).getAsJsonObject();
  }

  /** Folders of runs, oldest first: their names end with the time. */
  private List<Path> runs() throws IOException {
    try (var folders = Files.list(lanpo.runs())) {
      return folders.sorted().toList();
    }
  }
}
