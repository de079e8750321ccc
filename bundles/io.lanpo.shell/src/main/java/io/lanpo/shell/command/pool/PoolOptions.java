package io.lanpo.shell.command.pool;

import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose a pool; without any it is the one of the newest run. */
final class PoolOptions {
  @Completes(Values.RUN)
  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "The pool that a run uses; by default the newest run.")
  @Nullable String run;

  @Completes(Values.POOL)
  @Option(
      names = "--pool",
      paramLabel = "NAME|FOLDER",
      description = "A pool that runs share, by its name, or any pool's folder.")
  @Nullable String pool;

  @Completes(Values.POOL_SETTING)
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Open the pool with a setting other than that of the run that uses it, such as"
              + " capacity=100000; may be repeated.")
  final Map<String, String> settings = new LinkedHashMap<>();

  /** Refuses a choice of two things. */
  void check(CommonOptions common) {
    if (run != null && pool != null) {
      throw common.wrongUsage("--run and --pool exclude each other; give one of them");
    }
  }

  /** Refuses a choice of two things, and none: a command that writes takes no pool by itself. */
  void checkTarget(CommonOptions common) {
    check(common);
    if (run == null && pool == null) {
      throw common.wrongUsage("say which pool: --pool NAME|FOLDER or --run ID");
    }
  }
}
