package io.lanpo.experiment.run;

import io.lanpo.api.train.Installation;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the processes of runs are started with.
 *
 * @param program the command
 * @param folders the installation's folders, by the environment variable that sets each
 */
public record RunLauncher(Path program, Map<String, String> folders) {
  /** Starts runs with the same folders as this process has. */
  public static RunLauncher of(Installation here) {
    return new RunLauncher(
        here.home().resolve("bin").resolve("lanpo"),
        Map.of(
            "LANPO_CONFIGS", here.configs().toString(),
            "LANPO_DEPLOY", here.deploy().toString(),
            "LANPO_RUNS", here.runs().toString(),
            "LANPO_VAR", here.var().toString()));
  }
}
