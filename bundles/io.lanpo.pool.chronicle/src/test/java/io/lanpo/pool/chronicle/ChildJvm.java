package io.lanpo.pool.chronicle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Another process with the classes of the tests. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  /**
   * @param options which of this process's own Java options it gets
   * @param more further options
   */
  ChildJvm(Predicate<String> options, List<String> more, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-") || a.startsWith("-Dchronicle."))
        .filter(options)
        .forEach(command::add);
    command.addAll(more);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(args));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  ChildJvm(Class<?> main, String... args) throws IOException {
    this(option -> true, List.of(), main, args);
  }

  long pid() {
    return process.pid();
  }

  /** The next line, waiting for it. */
  String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("process " + pid() + " has ended");
    }
    return line;
  }

  /** What else it prints until it ends. */
  String rest() {
    return out.lines().collect(Collectors.joining("\n"));
  }

  /** kill -9; then everything that it had printed. */
  List<String> kill() throws InterruptedException {
    // Unlike Process.destroyForcibly, this leaves what it printed readable.
    process.toHandle().destroyForcibly();
    List<String> lines = out.lines().toList();
    process.waitFor();
    return lines;
  }

  @Override
  public void close() throws InterruptedException, IOException {
    process.destroyForcibly().waitFor();
    out.close();
  }
}
