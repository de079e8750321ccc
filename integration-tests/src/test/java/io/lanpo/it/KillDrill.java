package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs whose process is killed at random moments, resumed, and killed again, until they are
 * finished; what they come to is compared with a run that nobody disturbed.
 */
final class KillDrill {
  /** After so many kills a run is let be. */
  private static final int MOST_OF_A_RUN = 12;

  private final Lanpo lanpo;
  private final Path folder;
  private final List<String> options;
  private final Random random;
  private final List<String> rows = new ArrayList<>();
  private int kills;
  private long begin;

  /** The least that a whole run has taken; a machine that was busy for a while says nothing. */
  private long fastest = Long.MAX_VALUE;

  /**
   * @param folder for this drill alone
   * @param seed of the moments
   * @param settings of the runs, key and value in turn
   */
  KillDrill(Path folder, long seed, String... settings) throws IOException {
    this.folder = folder;
    this.lanpo =
        Lanpo.withColdStarts(
            Files.createDirectories(folder), ProductOptions.home().resolveSibling("configs"));
    this.options = SmallRun.options(settings);
    this.random = new Random(seed);
  }

  /** Kills so many times, at least; the last run is brought to its end. */
  void kill(int most) throws Exception {
    finish(train()); // the cold start is kept from now on
    Set<String> before = runs();
    begin = System.nanoTime();
    finish(train());
    measure();
    Path undisturbed = added(before).orElseThrow();
    Map<String, String> expected = outcome(undisturbed);
    assertTrue(
        RunFiles.of(undisturbed).steps().stream()
            .anyMatch(
                s ->
                    s.get("reward").getAsDouble() > 0
                        && (s.get("updates").getAsInt() > 0 || options.contains("objective=none"))),
        "the run earns nothing, so that it learns nothing");
    while (kills < most) {
      Path run = victim();
      Map<String, String> actual = outcome(run);
      assertEquals(expected.keySet(), actual.keySet(), run.toString());
      expected.forEach(
          (name, content) -> assertEquals(content, actual.get(name), run + " " + name));
    }
    assertEquals(List.of(), leftOvers(), "what killed processes left");
  }

  /** A line of Markdown for each kill: run, milliseconds of the process, steps written, saved. */
  List<String> rows() {
    return rows;
  }

  private void measure() {
    fastest = Math.min(fastest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
  }

  /** A run that is killed again and again, and is finished at last. */
  private Path victim() throws Exception {
    Set<String> before = runs();
    begin = System.nanoTime();
    Process process = train();
    for (int own = 0; own < MOST_OF_A_RUN; own++) {
      long moment = random.nextLong(fastest);
      if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
        if (own == 0) {
          measure();
        }
        break;
      }
      process.destroyForcibly().waitFor();
      kills++;
      Path run = added(before).orElse(null);
      rows.add(row(run, moment));
      if (run != null && finished(run)) {
        return run;
      }
      process = run == null ? train() : lanpo.start("resume", String.valueOf(run.getFileName()));
    }
    finish(process);
    return added(before).orElseThrow();
  }

  private static String row(@Nullable Path run, long moment) throws IOException {
    if (run == null) {
      return "| - | %d | - | - |".formatted(moment);
    }
    Path metrics = run.resolve("metrics.jsonl");
    Path checkpoint = run.resolve("checkpoint.json");
    return "| %s | %d | %s | %s |"
        .formatted(
            run.getFileName(),
            moment,
            Files.exists(metrics) ? Files.readAllLines(metrics).size() : 0,
            Files.exists(checkpoint) ? RunFiles.of(run).checkpointStep() : "-");
  }

  private Process train() throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Lanpo.script().toString(), "train", SmallRun.CONFIGURATION));
    command.addAll(options);
    return lanpo.start(command);
  }

  private static void finish(Process process) throws Exception {
    Lanpo.Result result = Lanpo.finish(process);
    assertEquals(0, result.code(), result.err());
  }

  private Set<String> runs() throws IOException {
    try (Stream<Path> folders = Files.list(lanpo.runs())) {
      return folders
          .filter(run -> Files.exists(run.resolve("run.json")))
          .map(run -> run.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Optional<Path> added(Set<String> before) throws IOException {
    Set<String> now = runs();
    now.removeAll(before);
    assertTrue(now.size() <= 1, now.toString());
    return now.stream().map(lanpo.runs()::resolve).findFirst();
  }

  private static boolean finished(Path run) throws IOException {
    JsonObject record =
        JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
    return record.get("state").getAsString().equals("FINISHED");
  }

  /** What a run has come to, but for its id and the time. */
  private Map<String, String> outcome(Path run) throws Exception {
    String id = run.getFileName().toString();
    RunFiles files = RunFiles.of(run);
    Map<String, String> outcome = new TreeMap<>();
    outcome.put("metrics", String.join("\n", files.metrics()));
    outcome.put("rollouts", String.join("\n", files.rollouts()));
    outcome.put("lessons", Files.readString(run.resolve("lessons.jsonl")).replace(id, "RUN"));
    outcome.put("result", files.result().toString());
    Path checkpoint =
        run.resolve("checkpoints").resolve("step-%06d".formatted(files.checkpointStep()));
    try (Stream<Path> all = Files.list(checkpoint)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (name.equals("README.md")) {
          outcome.put(name, Files.readString(file).replace(id, "RUN"));
        } else if (!name.equals("checkpoint.json")) { // it has the seconds that the run took
          outcome.put(name, Arrays.toString(Files.readAllBytes(file)));
        }
      }
    }
    Path pool = folder.resolve(id + ".pool.jsonl");
    Lanpo.Result export = lanpo.run("pool", "export", pool.toString(), "--run", id);
    assertEquals(0, export.code(), export.err());
    outcome.put("pool", Files.readString(pool).replace(id, "RUN"));
    return outcome;
  }

  private static boolean emptyOwner(Path file) {
    return file.endsWith("owner") && file.toFile().length() == 0;
  }

  /** Folders with something in them that nobody will need. */
  private List<Path> leftOvers() throws IOException {
    List<Path> left = new ArrayList<>();
    try (Stream<Path> temporary = Files.list(folder.resolve("tmp"));
        Stream<Path> runs = Files.list(lanpo.runs())) {
      temporary.filter(f -> f.getFileName().toString().startsWith("lanpo-")).forEach(left::add);
      runs.filter(run -> !Files.exists(run.resolve("run.json"))).forEach(left::add);
    }
    for (Path one : List.copyOf(left)) {
      try (Stream<Path> inside = Files.list(one)) {
        // a moment before Java has taken it; a start removes it when it is a minute old
        if (inside.allMatch(KillDrill::emptyOwner)) {
          left.remove(one);
        }
      }
    }
    return left;
  }
}
