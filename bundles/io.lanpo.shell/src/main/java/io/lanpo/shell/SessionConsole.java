package io.lanpo.shell;

import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Keyboard;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/** The console of a command in a Gogo session. */
final class SessionConsole {
  /** Session variable in which the JLine shell keeps its terminal. */
  private static final String TERMINAL = ".terminal";

  private SessionConsole() {}

  /**
   * The streams of the calling command, whatever they are redirected to. They are taken from the
   * process and not from {@code System.out}, which Gogo switches by thread: a run reports from a
   * thread of its own.
   */
  static Console of(CommandSession session) {
    Process process = Process.Utils.current();
    if (process == null) {
      PrintStream console = session.getConsole();
      return new Console(console, console, false, 0, 0);
    }
    boolean terminal = session.get(TERMINAL) != null && !"dumb".equals(session.get("TERM"));
    boolean colour =
        terminal && process.isTty(1) && Console.allowsColour(System.getenv("NO_COLOR"));
    boolean live = terminal && process.isTty(2) && foreground();
    int width = width(session.get("COLUMNS"));
    return new Console(
        process.out(),
        process.err(),
        colour,
        terminal && process.isTty(1) ? width : 0,
        live ? width : 0);
  }

  /** The keys of the session's terminal, for a command in the foreground. */
  static Keyboard keyboard(CommandSession session) {
    Process process = Process.Utils.current();
    return process != null && session.get(TERMINAL) != null && process.isTty(0) && foreground()
        ? Keyboard.of(process.in())
        : Keyboard.NONE;
  }

  /** A command in the background must not overwrite the line that is being typed. */
  private static boolean foreground() {
    Job job = Job.Utils.current();
    return job == null || job.status() == Job.Status.Foreground;
  }

  private static int width(@Nullable Object columns) {
    return columns instanceof Integer width && width > 0 ? width : Console.USUAL_WIDTH;
  }
}
