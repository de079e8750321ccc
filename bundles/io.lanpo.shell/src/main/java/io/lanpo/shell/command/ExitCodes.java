package io.lanpo.shell.command;

/** Exit codes beside those of {@link picocli.CommandLine.ExitCode}, as POSIX shells use them. */
public final class ExitCodes {
  /** There is no command of that name. */
  public static final int UNKNOWN_COMMAND = 127;

  /** The user cancelled the command, as for a process that ended by SIGINT. */
  public static final int CANCELLED = 130;

  private ExitCodes() {}
}
