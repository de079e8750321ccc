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

  /** Refuses a choice of two things. */
  void check(Common common) {
    if (run != null && pool != null) {
      throw common.wrongUsage("--run and --pool exclude each other; give one of them");
    }
  }
}
