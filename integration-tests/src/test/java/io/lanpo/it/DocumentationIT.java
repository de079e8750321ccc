package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.CommandBlock.Command;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of the documentation are run as they stand there, page after page, in one folder
 * that looks like a checkout. What a reader has to put in, and what would take long, is replaced by
 * the tables below, and nothing else. CONTRIBUTING.md says how a block is marked that cannot be run
 * here.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
final class DocumentationIT {
  /** What a reader puts in, and a place in a run that has not so many steps. */
  private static final Map<String, String> REPLACED =
      Map.of(
          "DIR", "qwen2.5-coder-0.5b",
          "FILE", "problems.jsonl",
          "step-000040", "step-000001",
          "steps=200", "steps=5",
          "steps=10", "steps=1");

  /** What is added to commands that begin so. A run that is finished goes on with more steps. */
  private static final Map<String, String> ADDED =
      Map.of(
          "runtime/bin/lanpo bench policy", " --set repetitions=1 --set 'only=generate 1'",
          "runtime/bin/lanpo bench verifier", " --quick",
          "runtime/bin/lanpo bench pool", " --quick",
          "runtime/bin/lanpo new mine", " --overwrite",
          "runtime/bin/lanpo resume ID$", " --set steps=3",
          "runtime/bin/lanpo resume ID --checkpoint step-000001$", " --set steps=4");

  /** Configurations that are smaller here: these values take the place of their own. */
  private static final Map<String, List<String>> SMALL =
      Map.of(
          "io.lanpo.run~micro.cfg",
          List.of(
              "steps = 2",
              "problems = 4",
              "task.operators = 4",
              "task.training-inputs = 20",
              "task.held-out-inputs = 2",
              "policy.width = 64",
              "policy.layers = 2",
              "coldstart.steps = 20",
              "coldstart.batch = 8",
              "coldstart.extensions = 0",
              "coldstart.gate = warn",
              "evaluation.every = 0",
              "checkpoint.every = 1",
              "checkpoint.keep = 9"),
          "io.lanpo.run~math.cfg",
          List.of(
              "steps = 1",
              "problems = 2",
              "sampling.max-tokens = 16",
              "sampling.max-review-tokens = 16",
              "evaluation.every = 0",
              "evaluation.final-problems = 2"),
          "experiment~lanpo-claims.cfg",
          List.of(
              "seeds = 11",
              "plot = lanpo grpo",
              "variant.lanpo =",
              "title.lanpo = LANPO",
              "variant.grpo = algorithm = grpo; steps = 3",
              "title.grpo = GRPO"));

  /** Commands that end with another code than 0, because what they compare differs. */
  private static final Map<String, Integer> CODES = Map.of("runtime/bin/lanpo pool diff", 1);

  /** Needs that can be looked for: where they are met, the block is run. */
  private static final Map<String, String> NEEDS =
      Map.of("needs: bubblewrap", "bwrap --ro-bind / / true && python3 -c pass");

  private Path folder;
  private Lanpo lanpo;

  @BeforeAll
  void aFolderThatLooksLikeACheckout(@TempDir Path work) throws IOException {
    folder = work;
    Path bin = Files.createDirectories(folder.resolve("runtime/bin"));
    Files.createSymbolicLink(bin.resolve("lanpo"), Lanpo.script());
    Path configs = Files.createDirectory(folder.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    for (Map.Entry<String, List<String>> small : SMALL.entrySet()) {
      shrink(configs.resolve(small.getKey()), small.getValue());
    }
    lanpo = new Lanpo(folder.resolve("runtime"), configs);
    SmallModel.in(Files.createDirectory(folder.resolve("qwen2.5-coder-0.5b")));
    write("problems.jsonl", "", "{\"problem\": \"%s\", \"answer\": \"%d\", \"level\": \"1\"}");
    write("problems.csv", "Question,Result\n", "\"%s\",%d");
    write("gsm8k_train.jsonl", "", "{\"question\": \"%s\", \"answer\": \"So it is.\\n#### %d\"}");
    Files.writeString(
        folder.resolve("mbpp.jsonl"),
        """
        {"task_id": 1, "text": "Write a function that adds.", "code": "def add(a, b):\\n    return a + b", \
        "test_list": ["assert add(1, 2) == 3"], "test_setup_code": "", "challenge_test_list": []}
        """);
  }

  /** Values replace those of the file; of an experiment all variants go. */
  private static void shrink(Path file, List<String> values) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeIf(line -> line.startsWith("variant.") || line.startsWith("title."));
    for (String value : values) {
      lines.removeIf(line -> line.startsWith(value.substring(0, value.indexOf('=') + 1)));
    }
    lines.addAll(values);
    Files.write(file, lines);
  }

  private void write(String name, String head, String row) throws IOException {
    StringBuilder rows = new StringBuilder(head);
    for (int i = 0; i < 60; i++) {
      rows.append(row.formatted("What is %d plus 7?".formatted(i), i + 7)).append('\n');
    }
    Files.writeString(folder.resolve(name), rows);
  }

  @ParameterizedTest
  @MethodSource("io.lanpo.it.DocumentationTest#pages")
  void everyCommandRuns(Path page, TestReporter reporter) throws Exception {
    for (CommandBlock block : CommandBlock.of(page)) {
      String mark = block.mark().orElse("");
      boolean met = NEEDS.containsKey(mark) && bash(NEEDS.get(mark)).code() == 0;
      if (!block.isTyped() || (!mark.isEmpty() && !met)) {
        continue;
      }
      for (Command command : block.commands()) {
        long begun = System.nanoTime();
        run(block.at(command.line()), command);
        reporter.publishEntry(
            block.at(command.line()), (System.nanoTime() - begun) / 1_000_000 + " ms");
      }
    }
  }

  private void run(String at, Command command) throws Exception {
    String words = here(command.words());
    boolean endless = command.words().contains("until Ctrl-C");
    List<String> typed = new ArrayList<>();
    for (String line : command.typed()) {
      typed.add(here(line));
    }
    Files.write(folder.resolve("typed"), typed);
    Lanpo.Result result = endless ? untilCtrlC(words) : bash(words + " < typed");
    String said = "%s: %s %s%n%s%s".formatted(at, words, typed, result.out(), result.err());
    // a run that is over has its own code, also after Ctrl-C
    int code = endless && result.code() == 130 ? 130 : code(words);
    assertEquals(code, result.code(), said);
    // a shell goes on after a command that failed
    assertTrue(typed.isEmpty() || !result.out().contains("lanpo: "), said);
  }

  /** A command as it is typed here. */
  private String here(String words) throws IOException {
    String here = words.replaceFirst("\\s+#.*", "");
    for (Map.Entry<String, String> replaced : REPLACED.entrySet()) {
      here = here.replaceAll("\\b" + replaced.getKey() + "\\b", replaced.getValue());
    }
    for (Map.Entry<String, String> added : ADDED.entrySet()) {
      here = here.replaceFirst("^" + added.getKey() + "(?!.*--quick)", "$0" + added.getValue());
    }
    if (here.matches(".*\\bID\\b.*")) {
      // a policy of the micro-world knows no words of other problems
      List<String> runs = runs(words.contains("data=FILE") ? "math" : "micro");
      if (here.contains("ID ID")) {
        here = here.replaceFirst("\\bID\\b", runs.get(1));
      }
      here = here.replaceAll("\\bID\\b", runs.get(0));
    }
    return here;
  }

  /** Ids of the runs of a configuration, the newest first. */
  private List<String> runs(String configuration) throws IOException {
    try (Stream<Path> runs = Files.list(lanpo.runs())) {
      return runs.map(run -> run.getFileName().toString())
          .filter(id -> id.startsWith(configuration + "-2"))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static int code(String words) {
    return CODES.entrySet().stream()
        .filter(code -> words.startsWith(code.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private Lanpo.Result bash(String words) throws Exception {
    return Lanpo.finish(start(words));
  }

  private Process start(String words) throws IOException {
    return lanpo.start(List.of("env", "--chdir=" + folder, "bash", "-o", "pipefail", "-c", words));
  }

  /** A page that stays open is closed as soon as it is all that is left to do. */
  private Lanpo.Result untilCtrlC(String words) throws Exception {
    Path said = Files.writeString(folder.resolve("said"), "");
    Process process = start("exec " + words + " > said 2>&1");
    Await.until(process, () -> words, () -> Files.readString(said).contains("the page stays"));
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    Lanpo.Result result = Lanpo.finish(process);
    return new Lanpo.Result(result.code(), Files.readString(said), result.err());
  }
}
