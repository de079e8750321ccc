import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long the platform takes to start: whole processes by the clock, in turn, the first turn of each
 * not counted. Prints a table in Markdown.
 */
public final class StartUp {
  private static final int TURNS = 5;
  private static final int PATIENCE_SECONDS = 60;

  private StartUp() {}

  /** A process to time. */
  private record Case(String name, List<String> words, String until) {}

  public static void main(String[] arguments) throws Exception {
    String lanpo = Path.of(arguments[0]).resolve("bin/lanpo").toString();
    Path runs = Files.createTempDirectory("lanpo-startup");
    String train = "train micro-smoke --set steps=1 --set evaluation.every=0";
    once(lanpo, runs, new Case("", List.of(train.split(" ")), ""));
    String run;
    try (var folders = Files.list(runs.resolve("runs"))) {
      run = folders.findFirst().orElseThrow().getFileName().toString();
    }
    List<Case> cases =
        List.of(
            new Case("`components`", List.of("components"), ""),
            new Case("`pool stats`, which opens a pool", List.of("pool", "stats", "--run", run), ""),
            new Case("`shell`, to its prompt", List.of("shell"), "lanpo>"));
    Map<Case, double[]> seconds = new LinkedHashMap<>();
    cases.forEach(c -> seconds.put(c, new double[TURNS]));
    for (int turn = -1; turn < TURNS; turn++) {
      for (Case each : cases) {
        double taken = once(lanpo, runs, each);
        if (turn >= 0) {
          seconds.get(each)[turn] = taken;
        }
      }
    }
    System.out.println("| | median of %d | least | most |".formatted(TURNS));
    System.out.println("|---|---|---|---|");
    seconds.forEach(
        (each, taken) -> {
          Arrays.sort(taken);
          System.out.println(
              String.format(
                  Locale.ROOT,
                  "| %s | %.2f s | %.2f s | %.2f s |",
                  each.name(),
                  taken[TURNS / 2],
                  taken[0],
                  taken[TURNS - 1]));
        });
  }

  /** Seconds until the process has ended, or has said something. */
  private static double once(String lanpo, Path work, Case each) throws Exception {
    List<String> command = new ArrayList<>(List.of(lanpo));
    command.addAll(each.words());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String folder : List.of("deploy", "runs", "var")) {
      builder
          .environment()
          .put(
              "LANPO_" + folder.toUpperCase(Locale.ROOT),
              Files.createDirectories(work.resolve(folder)).toString());
    }
    long begin = System.nanoTime();
    Process process = builder.start();
    StringBuilder said = new StringBuilder();
    try (InputStream out = process.getInputStream()) {
      byte[] bytes = new byte[4096];
      for (int n = out.read(bytes); n >= 0; n = out.read(bytes)) {
        said.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        if (!each.until().isEmpty() && said.indexOf(each.until()) >= 0) {
          double taken = (System.nanoTime() - begin) / 1e9;
          process.getOutputStream().close();
          end(process);
          return taken;
        }
      }
    }
    end(process);
    if (process.exitValue() != 0 || !each.until().isEmpty()) {
      throw new IOException(command + " failed: " + said);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void end(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
