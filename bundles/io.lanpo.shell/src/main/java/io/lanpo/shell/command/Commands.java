package io.lanpo.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Every command by its name; one is built only when it is asked for. */
public final class Commands {
  private static final Map<String, Entry> ENTRIES = entries();

  private Commands() {}

  /** The names, in the order of the help. */
  public static List<String> names() {
    return List.copyOf(new ArrayList<>(ENTRIES.keySet()));
  }

  /** What a command does, in one line. */
  static String summary(String name) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(name);
    }
    return entry.type.getAnnotation(CommandLine.Command.class).description()[0];
  }

  /** The command of a name, ready to parse its arguments; null when there is none. */
  static @Nullable CommandLine build(String name, Invocation invocation) {
    Entry entry = ENTRIES.get(name);
    return entry == null ? null : entry.factory.apply(invocation);
  }

  private static Map<String, Entry> entries() {
    Map<String, Entry> all = new LinkedHashMap<>();
    add(all, "train", TrainCommand.class, TrainCommand::new);
    add(all, "runs", RunsCommand.class, RunsCommand::new);
    all.put(
        "run",
        new Entry(
            RunCommand.class,
            i -> new CommandLine(new RunCommand()).addSubcommand("show", new RunShowCommand(i))));
    add(all, "status", StatusCommand.class, StatusCommand::new);
    add(all, "watch", WatchCommand.class, WatchCommand::new);
    add(all, "dashboard", DashboardCommand.class, DashboardCommand::new);
    add(all, "stop", StopCommand.class, StopCommand::new);
    add(all, "resume", ResumeCommand.class, ResumeCommand::new);
    add(all, "eval", EvalCommand.class, EvalCommand::new);
    add(all, "compare", CompareCommand.class, CompareCommand::new);
    add(all, "experiment", ExperimentCommand.class, ExperimentCommand::new);
    add(all, "config", ConfigCommand.class, ConfigCommand::new);
    add(all, "components", ComponentsCommand.class, ComponentsCommand::new);
    add(all, "why", WhyCommand.class, WhyCommand::new);
    all.put(
        "dev",
        new Entry(
            DevCommand.class,
            i -> new CommandLine(new DevCommand()).addSubcommand("swap", new DevSwapCommand(i))));
    all.put(
        "pool",
        new Entry(
            PoolCommand.class,
            i ->
                new CommandLine(new PoolCommand())
                    .addSubcommand("stats", new PoolStatsCommand(i))
                    .addSubcommand("show", new PoolShowCommand(i))
                    .addSubcommand("search", new PoolSearchCommand(i))
                    .addSubcommand("lessons", new PoolLessonsCommand(i))
                    .addSubcommand("export", new PoolExportCommand(i))
                    .addSubcommand("import", new PoolImportCommand(i))
                    .addSubcommand("check", new PoolCheckCommand(i))
                    .addSubcommand("diff", new PoolDiffCommand(i))
                    .addSubcommand("rebuild", new PoolRebuildCommand(i))));
    add(all, "verify", VerifyCommand.class, VerifyCommand::new);
    add(all, "bench", BenchCommand.class, BenchCommand::new);
    add(all, "shell", ShellCommand.class, i -> new ShellCommand());
    add(all, "help", HelpCommand.class, HelpCommand::new);
    return all;
  }

  private static void add(
      Map<String, Entry> all, String name, Class<?> type, Function<Invocation, ?> maker) {
    all.put(name, new Entry(type, invocation -> new CommandLine(maker.apply(invocation))));
  }

  /**
   * @param type the class that carries the description
   * @param factory builds the command
   */
  private record Entry(Class<?> type, Function<Invocation, CommandLine> factory) {}
}
