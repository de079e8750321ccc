package io.lanpo.shell.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose a pool; without any it is the one of the newest run. */
final class PoolChoice {
  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "The pool that a run uses; by default the newest run.")
  @Nullable String run;

  @Option(
      names = "--pool",
      paramLabel = "NAME|FOLDER",
      description = "A pool that runs share, by its name, or any pool's folder.")
  @Nullable String pool;
}
