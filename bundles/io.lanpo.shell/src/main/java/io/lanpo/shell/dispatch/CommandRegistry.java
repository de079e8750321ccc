package io.lanpo.shell.dispatch;

import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.terminal.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Commands by name; one is built only when it is asked for. */
public final class CommandRegistry {
  private static final int HELP_WIDTH = 80;
  private static final int NARROWEST_HELP = 55;
  private static final int WIDEST_HELP = 100;

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param type the class that carries the description
   * @param factory builds the command
   */
  private record Entry(Class<?> type, Function<CommandContext, CommandLine> factory) {}

  /** Adds a command without subcommands. */
  CommandRegistry add(String name, Class<?> type, Function<CommandContext, ?> constructor) {
    return addGroup(name, type, context -> new CommandLine(constructor.apply(context)));
  }

  /** Adds a command whose subcommands the factory adds. */
  CommandRegistry addGroup(
      String name, Class<?> type, Function<CommandContext, CommandLine> factory) {
    entries.put(name, new Entry(type, factory));
    return this;
  }

  /** The names, in the order of the help. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** What a command does, in one line. */
  String summary(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(name);
    }
    return entry.type.getAnnotation(CommandLine.Command.class).description()[0];
  }

  /** The command of a name, ready to parse its arguments; null when there is none. */
  public @Nullable CommandLine build(String name, CommandContext context) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return null;
    }
    CommandLine command = entry.factory.apply(context);
    Console console = context.console();
    command.setCommandName("lanpo " + name);
    setHeadings(command);
    command.getSubcommands().values().forEach(CommandRegistry::setHeadings);
    command.setOut(writer(console.out()));
    command.setErr(writer(console.err()));
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF));
    int width = console.width();
    command.setUsageHelpWidth(
        width == 0 ? HELP_WIDTH : Math.max(NARROWEST_HELP, Math.min(width, WIDEST_HELP)));
    return command;
  }

  /** All commands as the subcommands of one, to look at what they declare. */
  public CommandLine tree(CommandContext context) {
    CommandLine root = new CommandLine(CommandLine.Model.CommandSpec.create().name("lanpo"));
    entries.forEach((name, entry) -> root.addSubcommand(name, entry.factory.apply(context)));
    return root;
  }

  private static void setHeadings(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
