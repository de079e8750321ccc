package io.lanpo.verifier.code;

import io.lanpo.verifier.code.Sandbox.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries to break out of a sandbox, by every way that it is meant to close. Whatever succeeds, or a
 * sandbox that does not start, means that no program may be run.
 */
final class SandboxProbe {
  private static final String FINISHED = "FINISHED";
  private static final String ESCAPED = "ESCAPED ";
  private static final Limits LIMITS = new Limits(5, 20, 256, 12, 64);

  private final Tools tools;
  private final String interpreter;

  /**
   * @param tools what the sandbox is made of
   * @param interpreter Python
   */
  SandboxProbe(Tools tools, String interpreter) {
    this.tools = tools;
    this.interpreter = interpreter;
  }

  /**
   * A reason to run nothing.
   *
   * @param what what is wrong
   * @param fix what to do about it
   */
  record Trouble(String what, String fix) {}

  /**
   * What is wrong; empty when the sandbox holds.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  Optional<Trouble> run(Sandbox sandbox) throws InterruptedException {
    for (Path tool : tools.needed()) {
      if (!Files.isExecutable(tool)) {
        return Optional.of(new Trouble(tool + " is missing", install(tool)));
      }
    }
    try {
      Path secret = Files.writeString(Files.createTempFile("lanpo-", ".secret"), "secret");
      try {
        return judge(sandbox.run(command(secret), new byte[0], LIMITS, 0));
      } finally {
        Files.deleteIfExists(secret);
      }
    } catch (IOException e) {
      return Optional.of(
          new Trouble(
              "the sandbox cannot be started: " + e.getMessage(), install(Path.of("bwrap"))));
    }
  }

  private List<String> command(Path secret) {
    List<String> command =
        new ArrayList<>(
            List.of(interpreter, "-s", "-S", "-B", "-c", PythonSource.of(List.of("probe"))));
    command.addAll(
        List.of(
            secret.toAbsolutePath().toString(),
            System.getProperty("user.home", "/root"),
            Integer.toString(LIMITS.processes()),
            Long.toString(LIMITS.memoryBytes())));
    return command;
  }

  private Optional<Trouble> judge(Ended ended) {
    List<String> lines = ended.output().lines().toList();
    List<String> escapes =
        lines.stream()
            .filter(line -> line.startsWith(ESCAPED))
            .map(line -> line.substring(ESCAPED.length()))
            .toList();
    if (!escapes.isEmpty()) {
      return Optional.of(
          new Trouble(
              "the sandbox does not hold: a program in it can " + String.join(", ", escapes),
              "Check that %s is bubblewrap 0.8 or later and not replaced by something else."
                  .formatted(tools.bubblewrap())));
    }
    if (ended.exit() == 0 && lines.contains(FINISHED)) {
      return Optional.empty();
    }
    String said = ended.output().strip().replaceAll("\\s+", " ");
    return Optional.of(
        new Trouble(
            "the sandbox does not start (exit code %d): %s"
                .formatted(ended.exit(), said.isEmpty() ? "no message" : said),
            fix(said)));
  }

  private String fix(String said) {
    if (said.contains("namespace")
        || said.contains("Operation not permitted")
        || said.contains("uid map")) {
      return "Allow user namespaces for users: sysctl kernel.unprivileged_userns_clone=1, and where"
          + " there is AppArmor, kernel.apparmor_restrict_unprivileged_userns=0; in a container,"
          + " allow them in its seccomp profile.";
    }
    if (said.contains(interpreter)) {
      return "Install Python (apt-get install python3) or set 'python' to an interpreter within"
          + " /usr or within a folder named by 'mounts'.";
    }
    return "Install bubblewrap 0.8 or later and util-linux (apt-get install bubblewrap util-linux).";
  }

  private static String install(Path tool) {
    return tool.endsWith("bwrap")
        ? "Install bubblewrap: apt-get install bubblewrap. Programs are never run without it."
        : "Install util-linux: apt-get install util-linux. Programs are never run without it.";
  }
}
