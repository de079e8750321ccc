package io.lanpo.shell.dispatch;

import io.lanpo.shell.command.check.BenchCommand;
import io.lanpo.shell.command.check.CompareCommand;
import io.lanpo.shell.command.check.EvalCommand;
import io.lanpo.shell.command.check.ExperimentCommand;
import io.lanpo.shell.command.check.VerifyCommand;
import io.lanpo.shell.command.component.ComponentsCommand;
import io.lanpo.shell.command.component.ConfigCommand;
import io.lanpo.shell.command.component.DevCommand;
import io.lanpo.shell.command.component.DevSwapCommand;
import io.lanpo.shell.command.component.WhyCommand;
import io.lanpo.shell.command.pool.PoolCheckCommand;
import io.lanpo.shell.command.pool.PoolCommand;
import io.lanpo.shell.command.pool.PoolDiffCommand;
import io.lanpo.shell.command.pool.PoolExportCommand;
import io.lanpo.shell.command.pool.PoolImportCommand;
import io.lanpo.shell.command.pool.PoolLessonsCommand;
import io.lanpo.shell.command.pool.PoolRebuildCommand;
import io.lanpo.shell.command.pool.PoolSearchCommand;
import io.lanpo.shell.command.pool.PoolShowCommand;
import io.lanpo.shell.command.pool.PoolStatsCommand;
import io.lanpo.shell.command.run.DashboardCommand;
import io.lanpo.shell.command.run.NewCommand;
import io.lanpo.shell.command.run.ResumeCommand;
import io.lanpo.shell.command.run.RunCommand;
import io.lanpo.shell.command.run.RunGroupCommand;
import io.lanpo.shell.command.run.RunNoteCommand;
import io.lanpo.shell.command.run.RunShowCommand;
import io.lanpo.shell.command.run.RunTagCommand;
import io.lanpo.shell.command.run.RunsCommand;
import io.lanpo.shell.command.run.StatusCommand;
import io.lanpo.shell.command.run.StopCommand;
import io.lanpo.shell.command.run.TrainCommand;
import io.lanpo.shell.command.run.WatchCommand;
import picocli.CommandLine;

/** Every command of the platform. */
public final class Commands {
  private Commands() {}

  /** The commands in the order of the help. */
  public static CommandRegistry all() {
    CommandRegistry all = new CommandRegistry();
    return all.add("new", NewCommand.class, NewCommand::new)
        .add("train", TrainCommand.class, TrainCommand::new)
        .add("runs", RunsCommand.class, RunsCommand::new)
        .addGroup(
            "run",
            RunCommand.class,
            c ->
                new CommandLine(new RunCommand())
                    .addSubcommand("show", new RunShowCommand(c))
                    .addSubcommand("tag", new RunTagCommand(c))
                    .addSubcommand("note", new RunNoteCommand(c))
                    .addSubcommand("group", new RunGroupCommand(c)))
        .add("status", StatusCommand.class, StatusCommand::new)
        .add("watch", WatchCommand.class, WatchCommand::new)
        .add("dashboard", DashboardCommand.class, DashboardCommand::new)
        .add("stop", StopCommand.class, StopCommand::new)
        .add("resume", ResumeCommand.class, ResumeCommand::new)
        .add("eval", EvalCommand.class, EvalCommand::new)
        .add("compare", CompareCommand.class, CompareCommand::new)
        .add("experiment", ExperimentCommand.class, ExperimentCommand::new)
        .add("config", ConfigCommand.class, ConfigCommand::new)
        .add("components", ComponentsCommand.class, ComponentsCommand::new)
        .add("why", WhyCommand.class, WhyCommand::new)
        .addGroup(
            "dev",
            DevCommand.class,
            c -> new CommandLine(new DevCommand()).addSubcommand("swap", new DevSwapCommand(c)))
        .addGroup(
            "pool",
            PoolCommand.class,
            c ->
                new CommandLine(new PoolCommand())
                    .addSubcommand("stats", new PoolStatsCommand(c))
                    .addSubcommand("show", new PoolShowCommand(c))
                    .addSubcommand("search", new PoolSearchCommand(c))
                    .addSubcommand("lessons", new PoolLessonsCommand(c))
                    .addSubcommand("export", new PoolExportCommand(c))
                    .addSubcommand("import", new PoolImportCommand(c))
                    .addSubcommand("check", new PoolCheckCommand(c))
                    .addSubcommand("diff", new PoolDiffCommand(c))
                    .addSubcommand("rebuild", new PoolRebuildCommand(c)))
        .add("verify", VerifyCommand.class, VerifyCommand::new)
        .add("bench", BenchCommand.class, BenchCommand::new)
        .add("shell", ShellCommand.class, c -> new ShellCommand())
        .add("completion", CompletionCommand.class, c -> new CompletionCommand(c, all))
        .add("help", HelpCommand.class, c -> new HelpCommand(c, all));
  }
}
