package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a user gets for input that is wrong: a sentence that names the place and says what would be
 * right, an exit code, no stack trace, and nothing left behind. Commands are started two at a time.
 */
@Timeout(600)
final class BadInputIT {
  /**
   * A command and what must come of it.
   *
   * @param words the command
   * @param code its exit code
   * @param said parts of what it says on standard error
   */
  private record Case(List<String> words, int code, String... said) {
    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  static final List<Case> CASES =
      List.of(
          new Case(words("tarin micro"), 127, "there is no command tarin", "Did you mean train?"),
          new Case(
              words("train micor"),
              1,
              "there is no run configuration named micor",
              "Did you mean micro?",
              "io.lanpo.run~NAME.cfg"),
          new Case(
              words("run show sleeping-rum"),
              1,
              "there is no run sleeping-rum",
              "Did you mean sleeping-run-20260101?"),
          new Case(
              words("train unknown-key"),
              1,
              "io.lanpo.run~unknown-key.cfg: unknown key planner.ration = 0.5",
              "Did you mean planner.ratio?"),
          new Case(
              words("train inherits"),
              1,
              "io.lanpo.run~out-of-range.cfg: group-size = 1 is not allowed; it must be a whole"
                  + " number from 2 to 4096 (completions)"),
          new Case(
              words("train micro-smoke --set objective.aggregation=sum"),
              1,
              "--set: objective.aggregation = sum is not allowed; it must be token-mean, sequence-mean,"
                  + " constant"),
          new Case(
              words("train micro-smoke --set group-sise=3"),
              1,
              "--set: unknown key group-sise = 3",
              "Did you mean group-size?"),
          new Case(
              words("train micro-smoke --set every=3"),
              1,
              "--set: every may be any of checkpoint.every, evaluation.every"),
          new Case(
              words("train absent"),
              1,
              "io.lanpo.run~absent.cfg: reflection = mikro names no installed reflection strategy",
              "Did you mean micro?"),
          new Case(
              words("train data --set task.data=DATA/not-json.jsonl"),
              1,
              "not-json.jsonl:2 is not JSON: one and one",
              "nothing was read"),
          new Case(
              words("train data --set data=DATA/lacks.jsonl"),
              1,
              "lacks.jsonl:4 lacks \"answer\"; it has [problem]"),
          new Case(
              words("train data --set task.data=DATA/no-answer.jsonl"),
              1,
              "the verifier exact does not accept the gold answers",
              "no-answer.jsonl:2 (answer \\boxed{}: "),
          new Case(
              words("train data --set task.data=DATA/no-answer.jsonl --set gold-answers=drop"),
              1,
              "the verifier exact does not accept the gold answers of 1 problem of task jsonl",
              "; the run goes on without them"),
          new Case(
              words("verify --verifier exact --cases DATA/not-json.jsonl"),
              1,
              "not-json.jsonl: line 1 lacks gold"),
          new Case(
              words("train data --set task.data=DATA/good.jsonl"),
              1,
              "the task jsonl has no demonstrations for a cold start",
              "Set model"),
          new Case(
              words("resume newer-run"),
              1,
              "newer-run has format 2; this version reads formats up to 1"),
          new Case(
              words("pool stats --pool RUNS/newer-pool/pool"),
              1,
              "has format version 5; this program reads version 4"),
          new Case(
              words("train micro-smoke --set pool.name=../.."),
              1,
              "--set: pool.name = ../.. is not allowed; it must be the name of a folder"));

  /** Enough to see that the way from the command line to the sentence is whole. */
  static final List<Case> SOME = CASES.stream().filter(BadInputIT::isOneOfSome).toList();

  static final List<Case> OTHERS = CASES.stream().filter(c -> !isOneOfSome(c)).toList();

  @TempDir static Path folder;
  private static final Map<Case, Future<Lanpo.Result>> RESULTS = new LinkedHashMap<>();
  private static Lanpo lanpo;
  private static List<Path> before;

  @BeforeAll
  static void prepare() throws Exception {
    Path configs = Files.createDirectory(folder.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    configuration(configs, "unknown-key", "extends = micro-smoke\nplanner.ration = 0.5\n");
    configuration(configs, "out-of-range", "extends = micro-smoke\ngroup-size = 1\n");
    configuration(configs, "inherits", "extends = out-of-range\nsteps = 5\n");
    configuration(configs, "absent", "extends = micro-smoke\nreflection = mikro\n");
    configuration(
        configs, "data", "task = jsonl\ntask.held-out-share = 0.4\ntask.held-out-seed = 3\n");
    lanpo = new Lanpo(folder, configs);
    runs();
    data(Files.createDirectory(folder.resolve("data")));
    before = left();
  }

  private static boolean isOneOfSome(Case wrong) {
    return Set.of(
            "tarin micro",
            "train unknown-key",
            "train data --set task.data=DATA/not-json.jsonl",
            "resume newer-run")
        .contains(wrong.toString());
  }

  private static void start(List<Case> cases) {
    ExecutorService two = Executors.newFixedThreadPool(2);
    for (Case each : cases) {
      String[] words =
          each.words().stream()
              .map(w -> w.replace("DATA", folder.resolve("data").toString()))
              .map(w -> w.replace("RUNS", lanpo.runs().toString()))
              .toArray(String[]::new);
      RESULTS.put(each, two.submit(() -> lanpo.run(words)));
    }
    two.shutdown();
  }

  @AfterAll
  static void nothingIsLeftBehind() throws Exception {
    for (Future<Lanpo.Result> result : RESULTS.values()) {
      result.get();
    }
    assertEquals(before, left());
  }

  @ParameterizedTest
  @FieldSource("SOME")
  void isToldInASentence(Case wrong) throws Exception {
    isTold(SOME, wrong);
  }

  @ParameterizedTest
  @FieldSource("OTHERS")
  @Tag("full")
  void isToldInASentenceToo(Case wrong) throws Exception {
    isTold(OTHERS, wrong);
  }

  private static void isTold(List<Case> all, Case wrong) throws Exception {
    if (!RESULTS.containsKey(wrong)) {
      start(all);
    }
    Lanpo.Result result = RESULTS.get(wrong).get();
    List<org.junit.jupiter.api.function.Executable> checks = new ArrayList<>();
    for (String part : wrong.said) {
      checks.add(() -> assertTrue(result.err().contains(part), result.err()));
    }
    checks.add(() -> assertEquals(wrong.code(), result.code()));
    checks.add(() -> assertFalse(result.err().contains("\tat "), result.err()));
    checks.add(() -> assertEquals("", result.out()));
    checks.add(() -> assertTrue(result.err().startsWith("lanpo: "), result.err()));
    assertAll(checks);
  }

  @Test
  void aRunFolderThatCannotBeReadHidesNoOther() throws Exception {
    Lanpo.Result result = lanpo.run("runs");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("sleeping-run-20260101"), result.out());
    assertTrue(result.out().contains("newer-run has format 2"), result.out());
    assertTrue(result.out().contains("damaged-run is damaged: "), result.out());
    assertTrue(result.out().contains("run.json is missing or damaged: it is not JSON"));
  }

  @Test
  void aStackTraceOnlyForWhoDebugs() throws Exception {
    Lanpo.Result result = lanpo.run("train", "unknown-key", "--debug");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("\tat io.lanpo.engine."), result.err());
    assertTrue(result.err().contains("unknown key planner.ration"), result.err());
  }

  @Test
  void theOneJvmOptionThatIsMissingIsNamed() throws Exception {
    Path home = ProductOptions.home();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    Files.readAllLines(home.resolve("etc/jvm.options")).stream()
        .filter(line -> line.startsWith("-") && !line.contains("java.lang.reflect"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dlanpo.home=" + home,
            "-cp",
            home.resolve("target/lanpo/lib") + "/*",
            "io.lanpo.runtime.Launcher",
            "help"));
    Lanpo.Result result = Lanpo.finish(lanpo.start(command));
    assertEquals(1, result.code());
    assertTrue(
        result
            .err()
            .startsWith(
                "lanpo: the JVM was started without"
                    + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED; start the platform"
                    + " with runtime/bin/lanpo"),
        result.err());
  }

  private static void runs() throws IOException {
    String record =
        """
        {"format": %d, "id": "%s", "configuration": "micro-smoke", "overrides": {}, "settings": {},
         "state": "STOPPED", "step": 1, "steps": 2, "pid": 1, "processStart": 1,
         "started": "2026-01-01T00:00:00Z", "message": ""}
        """;
    for (String name : List.of("sleeping-run-20260101", "newer-run", "newer-pool")) {
      Path run = Files.createDirectories(lanpo.runs().resolve(name));
      Files.writeString(
          run.resolve("run.json"), record.formatted(name.equals("newer-run") ? 2 : 1, name));
    }
    Path damaged = Files.createDirectories(lanpo.runs().resolve("damaged-run"));
    Files.writeString(damaged.resolve("run.json"), "{");
    Path pool = Files.createDirectories(lanpo.runs().resolve("newer-pool/pool/data-1"));
    Files.writeString(pool.resolve("format.properties"), "version=5\n");
  }

  private static void data(Path data) throws IOException {
    String good = "{\"problem\": \"1 + 1 = ?\", \"answer\": \"2\"}\n";
    String another = "{\"problem\": \"1 + 2 = ?\", \"answer\": \"3\"}\n";
    Files.writeString(data.resolve("good.jsonl"), good + another);
    Files.writeString(data.resolve("not-json.jsonl"), good + "one and one\n");
    Files.writeString(
        data.resolve("lacks.jsonl"), good + another + "\n{\"problem\": \"2 + 2 = ?\"}\n");
    String third = "{\"problem\": \"2 + 2 = ?\", \"answer\": \"4\"}\n";
    Files.writeString(
        data.resolve("no-answer.jsonl"),
        good + "{\"problem\": \"1 / 0 = ?\", \"answer\": \"\\\\boxed{}\"}\n" + another + third);
  }

  private static void configuration(Path configs, String name, String text) throws IOException {
    Files.writeString(configs.resolve("io.lanpo.run~" + name + ".cfg"), text);
  }

  /** Runs, and what processes leave in the folder for temporary files. */
  private static List<Path> left() throws IOException {
    List<Path> left = new ArrayList<>();
    for (Path parent : List.of(lanpo.runs(), folder.resolve("tmp"))) {
      try (Stream<Path> paths = Files.list(parent)) {
        paths
            .filter(path -> !path.getFileName().toString().startsWith("hsperfdata"))
            .sorted()
            .forEach(left::add);
      }
    }
    return left;
  }

  private static List<String> words(String command) {
    return List.of(command.split(" ", -1));
  }
}
