package io.lanpo.shell.dispatch;

import io.lanpo.api.component.Names;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.terminal.AnsiStyle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;

/** {@code help [COMMAND]}. */
@Command(
    description = "List the commands, or explain one with examples.",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo help", "  lanpo help train", "  lanpo help pool search"})
final class HelpCommand extends BaseCommand {
  private final CommandRegistry commands;

  @Completes(Values.COMMAND)
  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command.")
  private final List<String> words = new ArrayList<>();

  HelpCommand(CommandContext context, CommandRegistry commands) {
    super(context);
    this.commands = commands;
  }

  @Override
  public Integer call() {
    Console console = console();
    if (words.isEmpty() && common.json) {
      Map<String, Object> summaries = new LinkedHashMap<>();
      commands.names().forEach(n -> summaries.put(n, commands.summary(n)));
      printJson(Map.of("commands", summaries));
      return ExitCode.OK;
    }
    if (words.isEmpty()) {
      overview(console.out());
      return ExitCode.OK;
    }
    String name = words.get(0);
    CommandLine command = commands.build(name, context);
    List<String> known = commands.names();
    if (command != null) {
      for (String word : words.subList(1, words.size())) {
        known = List.copyOf(command.getSubcommands().keySet());
        command = command.getSubcommands().get(word);
        name = word;
        if (command == null) {
          break;
        }
      }
    }
    if (command == null) {
      return new FailureReporter(console, context.installation().log(), common.json, common.debug)
          .unknown("there is no command " + name, Names.suggestion(name, known));
    }
    if (common.json) {
      printJson(Map.of("help", command.getUsageMessage(Ansi.OFF)));
    } else {
      command.usage(console.out(), command.getColorScheme());
    }
    return ExitCode.OK;
  }

  /** Prints what a newcomer needs first, and every command. */
  void overview(PrintStream stream) {
    Console console = console();
    AnsiStyle paint = console.paint();
    stream.println("lanpo trains language models with Language-And-Numerical Policy Optimization.");
    stream.println();
    stream.println(paint.heading("Start here"));
    section(
        stream,
        console,
        Table.facts()
            .row("lanpo train micro", "a small model learns from random weights, in minutes")
            .row("lanpo runs", "what was trained, and how well it went")
            .row("lanpo pool search \"text\"", "what it remembers"));
    stream.println();
    stream.println(paint.heading("Commands"));
    Table summaries = Table.facts();
    commands.names().forEach(n -> summaries.row(n, commands.summary(n)));
    section(stream, console, summaries);
    stream.println();
    stream.println(
        "Every command takes --json, --debug and --help; 'lanpo help COMMAND' has examples.");
    if (context.interactive()) {
      stream.println(
          "The framework has commands, too, such as lb and felix:stop; 'help lb' explains one.");
    }
  }

  private static void section(PrintStream stream, Console console, Table table) {
    int width = console.width() == 0 ? 0 : console.width() - 2;
    table.lines(console.paint(), width).forEach(line -> stream.println("  " + line));
  }
}
