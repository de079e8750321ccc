package io.lanpo.shell.command;

import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command: its context, the options that every command has, and its output. */
public abstract class BaseCommand implements Callable<Integer> {
  /** What the command works with. */
  protected final CommandContext context;

  /** The options that every command has. */
  @Mixin protected final CommonOptions common = new CommonOptions();

  /**
   * @param context what the command works with
   */
  protected BaseCommand(CommandContext context) {
    this.context = context;
  }

  /** Where the command writes. */
  protected final Console console() {
    return context.console();
  }

  /** Prints a line of the result. */
  protected final void println(String line) {
    console().out().println(line);
  }

  /** Prints the result as one JSON document. */
  protected final void printJson(Map<String, ?> document) {
    println(Json.of(document));
  }
}
