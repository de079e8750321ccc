package io.lanpo.shell.command;

import io.lanpo.api.component.Names;
import io.lanpo.shell.view.Console;
import io.lanpo.shell.view.Json;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command given as words. Exit codes: 0; 1 failure; 2 wrong usage; 127 unknown command; 130
 * cancelled by the user.
 */
public final class Dispatcher {
  /** Exit code of a command that the user cancelled, as for a process that ended by SIGINT. */
  public static final int CANCELLED = 130;

  private static final int HELP_WIDTH = 80;

  private final Invocation invocation;

  /**
   * @param invocation what commands work with
   */
  public Dispatcher(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Runs a command.
   *
   * @param words the command and its arguments; options for every command may come first
   * @return the exit code
   */
  public int run(List<String> words) {
    Console console = invocation.console();
    Failures failures =
        new Failures(
            console,
            invocation.installation().log(),
            words.contains(Common.JSON),
            words.contains(Common.DEBUG));
    invocation.cancellation().begin();
    try {
      int code = run(words, failures);
      return code != 0 && invocation.cancellation().cancelled() ? CANCELLED : code;
    } catch (Throwable e) {
      // errors such as a missing class end here too: the user gets a sentence, the log the rest
      return failures.report(e);
    } finally {
      console.out().flush();
      console.err().flush();
      invocation.cancellation().finish();
    }
  }

  private int run(List<String> words, Failures failures) {
    List<String> arguments = new ArrayList<>(words);
    int first = 0;
    while (first < arguments.size() && arguments.get(first).startsWith("-")) {
      first++;
    }
    List<String> leading = arguments.subList(0, first);
    if (leading.contains("--version")) {
      String version = invocation.installation().version();
      boolean json = words.contains(Common.JSON);
      invocation
          .console()
          .out()
          .println(json ? Json.of(Map.of("version", version)) : "lanpo " + version);
      return 0;
    }
    if (first == arguments.size()) {
      boolean asked = leading.contains("--help") || leading.contains("-h");
      HelpCommand.overview(
          asked ? invocation.console().out() : invocation.console().err(), invocation);
      return asked ? 0 : CommandLine.ExitCode.USAGE;
    }
    String name = arguments.remove(first);
    CommandLine command = Commands.build(name, invocation);
    if (command == null) {
      return failures.unknown(
          "there is no command " + name,
          Names.suggestion(name, Commands.names()) + " 'lanpo help' lists them all.");
    }
    prepare(command, name, invocation.console());
    command.setParameterExceptionHandler((e, rest) -> usage(e, failures));
    command.setExecutionExceptionHandler((e, line, parsed) -> failures.report(e));
    return command.execute(arguments.toArray(String[]::new));
  }

  /** Gives a command its full name and its streams. */
  static void prepare(CommandLine command, String name, Console console) {
    command.setCommandName("lanpo " + name);
    layOut(command);
    command.getSubcommands().values().forEach(Dispatcher::layOut);
    command.setOut(writer(console.out()));
    command.setErr(writer(console.err()));
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF));
    int width = console.width();
    command.setUsageHelpWidth(width == 0 ? HELP_WIDTH : Math.max(55, Math.min(width, 100)));
  }

  private static void layOut(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
  }

  private static int usage(ParameterException e, Failures failures) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    StringBuilder next = new StringBuilder();
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      next.append("Did you mean ").append(String.join(" or ", unmatched.getSuggestions()));
      next.append("? ");
    }
    next.append('\'').append(name).append(" --help' shows how to use it.");
    return failures.usage(String.valueOf(e.getMessage()), next.toString());
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
