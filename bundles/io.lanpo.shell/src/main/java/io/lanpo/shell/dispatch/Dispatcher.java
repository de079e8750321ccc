package io.lanpo.shell.dispatch;

import io.lanpo.api.component.Names;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.ExitCodes;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command given as words. Exit codes: 0; 1 failure; 2 wrong usage; 127 unknown command; 130
 * cancelled by the user.
 */
public final class Dispatcher {
  private final CommandRegistry commands = Commands.all();
  private final CommandContext context;

  /**
   * @param context what commands work with
   */
  public Dispatcher(CommandContext context) {
    this.context = context;
  }

  /**
   * Runs a command.
   *
   * @param words the command and its arguments; options for every command may come first
   * @return the exit code
   */
  public int run(List<String> words) {
    Console console = context.console();
    FailureReporter failures =
        new FailureReporter(
            console,
            context.installation().log(),
            words.contains(CommonOptions.JSON),
            words.contains(CommonOptions.DEBUG));
    context.cancellation().begin();
    try {
      int code = run(words, failures);
      return code != 0 && context.cancellation().cancelled() ? ExitCodes.CANCELLED : code;
    } catch (Throwable e) {
      // errors such as a missing class end here too: the user gets a sentence, the log the rest
      return failures.report(e);
    } finally {
      console.out().flush();
      console.err().flush();
      context.cancellation().finish();
    }
  }

  private int run(List<String> words, FailureReporter failures) {
    List<String> arguments = new ArrayList<>(words);
    int first = 0;
    while (first < arguments.size() && arguments.get(first).startsWith("-")) {
      first++;
    }
    List<String> leading = arguments.subList(0, first);
    if (leading.contains("--version")) {
      String version = context.version();
      boolean json = words.contains(CommonOptions.JSON);
      context
          .console()
          .out()
          .println(json ? Json.of(Map.of("version", version)) : "lanpo " + version);
      return 0;
    }
    if (first == arguments.size()) {
      boolean asked = leading.contains("--help") || leading.contains("-h");
      new HelpCommand(context, commands)
          .overview(asked ? context.console().out() : context.console().err());
      return asked ? 0 : CommandLine.ExitCode.USAGE;
    }
    String name = arguments.remove(first);
    CommandLine command = commands.build(name, context);
    if (command == null) {
      return failures.unknown(
          "there is no command " + name,
          Names.suggestion(name, commands.names()) + " 'lanpo help' lists them all.");
    }
    command.setParameterExceptionHandler((e, rest) -> usage(e, failures));
    command.setExecutionExceptionHandler((e, line, parsed) -> failures.report(e));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static int usage(ParameterException e, FailureReporter failures) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    StringBuilder next = new StringBuilder();
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
      List<String> near = Names.nearest(word, known(command, word.startsWith("-")));
      next.append(near.isEmpty() ? "" : Names.suggestion(word, near) + " ");
    }
    next.append('\'').append(name).append(" --help' shows how to use it.");
    boolean group = !(command.getCommand() instanceof Callable);
    return failures.usage(
        group && e.getClass().equals(ParameterException.class)
            ? "'%s' needs a subcommand: %s".formatted(name, subcommands(command))
            : String.valueOf(e.getMessage()),
        next.toString());
  }

  private static List<String> known(CommandLine command, boolean options) {
    return options
        ? command.getCommandSpec().options().stream().flatMap(o -> Stream.of(o.names())).toList()
        : List.copyOf(command.getSubcommands().keySet());
  }

  /** The subcommands of a group with their arguments: {@code pool stats, pool show ID, …}. */
  private static String subcommands(CommandLine group) {
    StringJoiner all = new StringJoiner(", ");
    for (CommandLine each : group.getSubcommands().values()) {
      StringJoiner words = new StringJoiner(" ");
      words.add(each.getCommandSpec().qualifiedName().replaceFirst("^lanpo ", ""));
      each.getCommandSpec().positionalParameters().forEach(p -> words.add(p.paramLabel()));
      all.add(words.toString());
    }
    return all.toString();
  }
}
