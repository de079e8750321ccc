package io.lanpo.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real terminal of some size in which a command runs: what is typed into it and what it shows.
 */
final class Tmux implements AutoCloseable {
  private static final String SESSION = "lanpo";

  private final Lanpo lanpo;
  private final Path sockets;

  private Tmux(Lanpo lanpo, Path sockets) {
    this.lanpo = lanpo;
    this.sockets = sockets;
  }

  /** Why there is none on this machine; empty when there is one. */
  static Optional<String> missing() {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tmux")));
    return there
        ? Optional.empty()
        : Optional.of("NOT TESTED, there is no terminal: apt-get install tmux");
  }

  /**
   * Opens a terminal.
   *
   * @param words what runs in it, with the folders of a platform
   */
  static Tmux open(Lanpo lanpo, int width, int height, String... words) throws Exception {
    // its path has to be short, and no other terminal may have it
    Tmux tmux = new Tmux(lanpo, Files.createTempDirectory("lanpo-tmux"));
    List<String> command =
        new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-s", SESSION));
    command.addAll(List.of("-x", "" + width, "-y", "" + height));
    // what it has shown stays there to be looked at
    command.add(String.join(" ", words) + "; echo; echo it has ended; exec sleep 1000");
    tmux.run(command);
    return tmux;
  }

  /** Types a text, which may end with the name of a key, such as {@code Tab}. */
  void type(String text, String key) throws Exception {
    run(List.of("send-keys", "-t", SESSION, "-l", text));
    run(List.of("send-keys", "-t", SESSION, key));
  }

  /** Gives up what is typed and empties the screen. */
  void clear() throws Exception {
    run(List.of("send-keys", "-t", SESSION, "C-u"));
    run(List.of("send-keys", "-t", SESSION, "C-l"));
    awaitPrompt(1);
  }

  /** What is on the screen; a line that went over its edge is one line. */
  List<String> lines() throws Exception {
    return run(List.of("capture-pane", "-p", "-J", "-t", SESSION))
        .lines()
        .map(String::stripTrailing)
        .toList();
  }

  /** Waits until a text is on the screen. */
  void await(String text) {
    Await.until(() -> "'" + text + "' is not shown, but: " + text(), () -> text().contains(text));
  }

  /** Waits until the shell is ready again and the screen has so many lines at least. */
  void awaitPrompt(int lines) {
    Await.until(
        () -> "there is no prompt, but: " + text(),
        () -> {
          List<String> shown = text().lines().filter(line -> !line.isEmpty()).toList();
          return shown.size() >= lines && shown.get(shown.size() - 1).equals("lanpo>");
        });
  }

  private String text() {
    try {
      return String.join("\n", lines());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tmux", "-L", SESSION));
    command.addAll(arguments);
    Process process =
        lanpo.start(
            command,
            Map.of("TMUX_TMPDIR", sockets.toString(), "TERM", "xterm", "LC_ALL", "C.UTF-8"));
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    String complaint = new String(process.getErrorStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + complaint);
    }
    return said;
  }

  @Override
  public void close() throws Exception {
    run(List.of("kill-server"));
    try (Stream<Path> left = Files.walk(sockets)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
