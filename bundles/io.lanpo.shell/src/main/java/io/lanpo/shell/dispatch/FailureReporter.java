package io.lanpo.shell.dispatch;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import io.lanpo.shell.command.ExitCodes;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Json;
import io.lanpo.shell.terminal.TerminalText;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * Turns a failure into a sentence, a next step and an exit code.
 *
 * @param log the log file
 * @param json whether standard output shall carry the failure as a document
 * @param debug whether stack traces are shown
 */
record FailureReporter(Console console, Path log, boolean json, boolean debug) {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReporter.class);

  /** Reports what a command threw. */
  int report(Throwable failure) {
    if (debug) {
      failure.printStackTrace(console.err());
    }
    if (interrupted(failure)) {
      return say(ExitCodes.CANCELLED, "interrupted", "");
    }
    if (failure instanceof UserException user) {
      return say(ExitCode.SOFTWARE, String.valueOf(user.getMessage()), user.nextStep());
    }
    if (diskFull(failure)) {
      return say(
          ExitCode.SOFTWARE,
          "the disk is full: " + failure.getMessage(),
          "Free some space; what was written before is kept, and 'lanpo resume ID' continues a"
              + " run.");
    }
    // not as an error: the logging prints those on the console, where the sentence below says it
    // already
    LOG.info("a command failed", failure);
    return say(
        ExitCode.SOFTWARE,
        "internal error: " + failure,
        "Details are in %s; --debug shows them here.".formatted(log));
  }

  /** Reports wrong usage. */
  int usage(String message, String nextStep) {
    return say(ExitCode.USAGE, message, nextStep);
  }

  /** Reports a command that does not exist. */
  int unknown(String message, String nextStep) {
    return say(ExitCodes.UNKNOWN_COMMAND, message, nextStep);
  }

  private int say(int code, String whole, String nextStep) {
    String message = Secrets.shown(whole);
    print("lanpo: ", message);
    if (!nextStep.isEmpty()) {
      print(" ".repeat("lanpo: ".length()), nextStep);
    }
    if (json) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("error", message);
      error.put("nextStep", nextStep);
      error.put("exitCode", code);
      console.out().println(Json.of(error));
    }
    return code;
  }

  /** Folded on a terminal, with the later lines below the first. */
  private void print(String begin, String text) {
    int width = console.liveWidth() == 0 ? 0 : Math.max(1, console.liveWidth() - begin.length());
    String indent = " ".repeat(begin.length());
    String start = begin;
    for (String line : TerminalText.block(text).split("\n", -1)) {
      for (String part : TerminalText.fold(line, width)) {
        console.err().println((start + part).stripTrailing());
        start = width == 0 ? "" : indent;
      }
    }
  }

  /**
   * Whatever a command throws because it was interrupted; libraries wrap it in exceptions of their
   * own.
   */
  private static boolean interrupted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException
          || cause instanceof CancellationException
          || cause instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  /** The JDK has no exception of its own for a full disk, only the system's words. */
  private static boolean diskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
