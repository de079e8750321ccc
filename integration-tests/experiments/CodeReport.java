import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.verifier.code.CodeVerifier;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges reference solutions and programs that must fail with the code verifier and writes what came
 * of it as Markdown to standard output.
 *
 * <p>Arguments: a name and a file of cases (see {@code code_cases.py}), any number of times.
 */
public final class CodeReport {
  private static final int STARTS = 40;

  /** As code_cases.py has them. */
  private static final int CONSTANTS = 13;

  private record Case(String id, Problem problem, String gold, List<Wrong> wrong) {}

  private static final List<String> KINDS = List.of("empty", "constant", "other");

  /** A program that must fail: empty, constant or other. */
  private record Wrong(String kind, String program) {}

  /** What came of one program. */
  private record Judged(String id, String program, Verdict verdict, double millis) {
    boolean passed() {
      return verdict instanceof Verdict.Scored scored && scored.reward() == 1;
    }

    String line() {
      return "| %s | `%s` | %s |"
          .formatted(
              id,
              program.strip().lines().reduce("", (a, b) -> b).replace("|", "\\|"),
              verdict.explanation().replace("|", "\\|"));
    }
  }

  private final CodeVerifier verifier;
  private final StringBuilder exceptions = new StringBuilder();

  private CodeReport(CodeVerifier verifier) {
    this.verifier = verifier;
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    CodeVerifier.Config defaults =
        (CodeVerifier.Config)
            Proxy.newProxyInstance(
                CodeReport.class.getClassLoader(),
                new Class<?>[] {CodeVerifier.Config.class},
                (proxy, method, values) ->
                    method.getName().equals("reward")
                        ? CodeVerifier.Reward.ALL
                        : method.getDefaultValue());
    CodeVerifier verifier = new CodeVerifier(defaults, Map.of());
    new CodeReport(verifier).write(args);
    verifier.close();
  }

  private void write(String[] args) throws Exception {
    StringBuilder table = new StringBuilder();
    double start = interpreterStart();
    for (int i = 0; i < args.length; i += 2) {
      table.append(row(args[i], cases(Path.of(args[i + 1])), start));
    }
    System.out.printf(
        """
        # Code verifier: reference solutions and programs that must fail

        Written by `integration-tests/experiments/code-verifier`, which takes the data files as arguments; options are the
        defaults with `reward = ALL`. Empty: the reference solution with the body of every function emptied. Constant: the
        same answer always, one of %d. Other: the solution of the next problem, under the name that is asked for. Processor:
        %s, %d of it, shared with other work. Times are of one reference solution after the other, in ms; the start of the
        interpreter alone took %.1f ms (median of %d starts of `python3 -s -S -B -c pass`, outside the sandbox). The last
        column is of the programs that must fail, side by side on all processors.

        | Data | Problems | Solutions that pass | Empty that fail | Constant that fail | Other that fail | Median | 95th of 100 | Median over the start | Programs a second |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        %s
        ## Exceptions

        %s""",
        CONSTANTS,
        processor(),
        Runtime.getRuntime().availableProcessors(),
        start,
        STARTS,
        table,
        exceptions);
  }

  private String row(String name, List<Case> cases, double start) {
    cases.stream().limit(10).forEach(c -> judge(c, c.gold())); // the JVM warms up
    List<Judged> gold = cases.stream().map(c -> judge(c, c.gold())).toList();
    long begin = System.nanoTime();
    Map<String, List<Judged>> wrong =
        cases.parallelStream()
            .flatMap(
                c -> c.wrong().stream().map(w -> Map.entry(w.kind(), judge(c, w.program()))))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    long count = wrong.values().stream().mapToLong(List::size).sum();
    double rate = count / ((System.nanoTime() - begin) / 1e9);
    list(name + ": reference solutions that do not pass", gold.stream().filter(j -> !j.passed()));
    for (String kind : KINDS) {
      list(
          "%s: programs of the kind %s that pass".formatted(name, kind),
          wrong.get(kind).stream().filter(Judged::passed));
    }
    list(
        name + ": programs on which the check failed",
        wrong.values().stream()
            .flatMap(List::stream)
            .filter(j -> !(j.verdict() instanceof Verdict.Scored)));
    double[] times = gold.stream().mapToDouble(Judged::millis).sorted().toArray();
    double median = times[times.length / 2];
    return "| %s | %d | %d | %s | %s | %s | %.1f | %.1f | %.1f | %.0f |\n"
        .formatted(
            name,
            cases.size(),
            gold.stream().filter(Judged::passed).count(),
            share(wrong.get(KINDS.get(0))),
            share(wrong.get(KINDS.get(1))),
            share(wrong.get(KINDS.get(2))),
            median,
            times[times.length * 95 / 100],
            median - start,
            rate);
  }

  private static String share(List<Judged> wrong) {
    return "%d of %d"
        .formatted(
            wrong.stream()
                .filter(j -> j.verdict() instanceof Verdict.Scored && !j.passed())
                .count(),
            wrong.size());
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.replaceFirst(".*:\\s*", ""))
        .findFirst()
        .orElse("unknown");
  }

  private void list(String title, java.util.stream.Stream<Judged> judged) {
    List<String> lines = judged.map(Judged::line).toList();
    exceptions.append(title).append(lines.isEmpty() ? ": none.\n\n" : ":\n\n");
    if (!lines.isEmpty()) {
      exceptions.append("| Problem | Last line of the program | Verdict |\n| --- | --- | --- |\n");
      lines.forEach(line -> exceptions.append(line).append('\n'));
      exceptions.append('\n');
    }
  }

  private Judged judge(Case c, String program) {
    long begin = System.nanoTime();
    Verdict verdict =
        verifier.verify(c.problem(), new Response("````python\n" + program + "\n````\n", true));
    return new Judged(c.id(), program, verdict, (System.nanoTime() - begin) / 1e6);
  }

  private static List<Case> cases(Path file) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      String id = object.get("id").getAsString();
      cases.add(
          new Case(
              id,
              new Problem(
                  new Question(id, ""), new AnswerKey(object.get("key").getAsString()), Map.of()),
              object.get("gold").getAsString(),
              object.get("wrong").getAsJsonArray().asList().stream()
                  .map(JsonElement::getAsJsonObject)
                  .map(w -> new Wrong(w.get("kind").getAsString(), w.get("program").getAsString()))
                  .toList()));
    }
    return cases;
  }

  private static double interpreterStart() throws IOException, InterruptedException {
    double[] times = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      new ProcessBuilder("/usr/bin/python3", "-s", "-S", "-B", "-c", "pass").start().waitFor();
      times[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(times);
    return times[STARTS / 2];
  }
}
