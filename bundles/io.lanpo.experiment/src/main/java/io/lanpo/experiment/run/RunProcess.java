package io.lanpo.experiment.run;

import io.lanpo.api.component.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process that works on a run; what it writes goes to a log. */
final class RunProcess {
  private static final int LAST_BYTES = 4096;

  private final Process process;
  private final Path log;

  private RunProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a new run. */
  static RunProcess train(
      RunLauncher launcher, String base, Map<String, String> overrides, Path log) {
    List<String> words = new ArrayList<>(List.of("train", base, "--json"));
    new TreeMap<>(overrides)
        .forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return start(launcher, words, log);
  }

  /** Continues a run. */
  static RunProcess resume(RunLauncher launcher, String run, Path log) {
    return start(launcher, List.of("resume", run, "--json"), log);
  }

  private static RunProcess start(RunLauncher launcher, List<String> words, Path log) {
    List<String> command = new ArrayList<>(List.of(launcher.program().toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(launcher.folders());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process process = builder.start();
      pidFile(log).write(process.toHandle());
      return new RunProcess(process, log);
    } catch (IOException e) {
      throw new UserException(
          "the process of a run does not start: %s".formatted(e.getMessage()),
          "Is %s there and executable?".formatted(command.get(0)),
          e);
    }
  }

  /** Where the process that writes a log is noted. */
  static PidFile pidFile(Path log) {
    return new PidFile(log.resolveSibling(log.getFileName() + ".pid"));
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Asks for a stop with a checkpoint, as Ctrl-C does. */
  void stop() {
    process.destroy();
  }

  /** The last sentence that it wrote for people. */
  String lastWords() {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = Math.max(0, all.length - LAST_BYTES);
      String end = new String(all, from, all.length - from, StandardCharsets.UTF_8);
      return end.lines()
          .map(String::strip)
          .filter(line -> line.startsWith("lanpo: "))
          .reduce((first, second) -> second)
          .map(line -> line.substring("lanpo: ".length()))
          .orElse("see " + log);
    } catch (IOException e) {
      return "see " + log;
    }
  }
}
