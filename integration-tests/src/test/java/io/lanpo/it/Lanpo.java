package io.lanpo.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lanpo.it.paxexam.ColdStarts;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code runtime/bin/lanpo} with folders of its own: a platform that nobody else uses. */
final class Lanpo {
  private final Path folder;
  private final Path var;
  private final Path configs;

  /**
   * A platform that computes its own cold starts.
   *
   * @param folder where deploy/, runs/, var/ and tmp/ are made
   * @param configs the configurations
   */
  Lanpo(Path folder, Path configs) throws IOException {
    this.folder = folder;
    this.var = folder.resolve("var");
    this.configs = configs;
    for (String name : List.of("deploy", "runs", "tmp")) {
      Files.createDirectories(folder.resolve(name));
    }
  }

  /** A platform that takes its cold starts from those that are shared. */
  static Lanpo withColdStarts(Path folder, Path configs) throws IOException {
    Lanpo lanpo = new Lanpo(folder, configs);
    ColdStarts.shareIn(lanpo.var);
    return lanpo;
  }

  /**
   * How a process ended.
   *
   * @param code its exit code
   * @param out what it wrote on standard output
   * @param err what it wrote on standard error
   */
  record Result(int code, String out, String err) {}

  Path runs() {
    return folder.resolve("runs");
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  /** Starts a command. The process is the JVM itself: the script hands over to it. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(arguments));
    return start(command);
  }

  /** Starts a command line in which this platform's folders are set. */
  Process start(List<String> command) throws IOException {
    return start(command, Map.of());
  }

  /** Opens a shell. */
  LiveShell shell() throws IOException {
    return new LiveShell(open(List.of(script().toString(), "shell"), Map.of()));
  }

  /** The same in an environment of which some variables are replaced. */
  Process start(List<String> command, Map<String, String> environment) throws IOException {
    Process process = open(command, environment);
    process.getOutputStream().close();
    return process;
  }

  private Process open(List<String> command, Map<String, String> environment) throws IOException {
    // Whoever runs the tests in the background has told all their processes to ignore Ctrl-C.
    List<String> interruptible = new ArrayList<>(List.of("env", "--default-signal=INT"));
    interruptible.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(interruptible);
    builder.environment().put("LANPO_CONFIGS", configs.toString());
    builder.environment().put("LANPO_DEPLOY", folder.resolve("deploy").toString());
    builder.environment().put("LANPO_RUNS", runs().toString());
    builder.environment().put("LANPO_VAR", var.toString());
    builder
        .environment()
        .put(
            "LANPO_JVM_OPTS",
            System.getProperty("lanpo.test.jvm", "")
                + " -Djava.io.tmpdir="
                + folder.resolve("tmp"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for the end of a process. */
  static Result finish(Process process) throws Exception {
    CompletableFuture<String> err = read(process.getErrorStream());
    CompletableFuture<String> out = read(process.getInputStream());
    if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + err.get() + out.get());
    }
    return new Result(process.exitValue(), out.get(), err.get());
  }

  /** Waits until a run of a process has taken some steps, and tells its folder. */
  Path awaitStep(Process process, int steps) {
    List<Path> found = new ArrayList<>();
    Await.until(
        process,
        () -> "no run in " + runs() + " took " + steps + " steps",
        () -> {
          try (var folders = Files.list(runs())) {
            for (Path run : folders.toList()) {
              Path metrics = run.resolve("metrics.jsonl");
              if (Files.exists(metrics) && Files.readAllLines(metrics).size() >= steps) {
                found.add(run);
              }
            }
          }
          return !found.isEmpty();
        });
    return found.get(0);
  }

  static Path script() {
    return ProductOptions.home().resolve("bin/lanpo");
  }

  private static CompletableFuture<String> read(java.io.InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
          } catch (IOException e) {
            return e.toString();
          }
        });
  }
}
