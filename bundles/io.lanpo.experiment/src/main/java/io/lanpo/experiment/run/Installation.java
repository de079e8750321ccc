package io.lanpo.experiment.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The installation that the processes of runs are started from.
 *
 * @param home folder of the installation
 * @param folders its folders, by the environment variable that sets each
 */
public record Installation(Path home, Map<String, String> folders) {
  private static final String RUNS = "LANPO_RUNS";

  /**
   * Reads the properties that the launcher sets.
   *
   * @param property a framework property by its name
   */
  public static Installation of(UnaryOperator<@Nullable String> property) {
    Path home = path(property.apply("lanpo.home"), Path.of("runtime"));
    return new Installation(
        home,
        Map.of(
            "LANPO_CONFIGS",
            path(property.apply("lanpo.configs"), home.resolveSibling("configs")).toString(),
            "LANPO_DEPLOY",
            path(property.apply("lanpo.deploy"), home.resolve("deploy")).toString(),
            RUNS,
            path(property.apply("lanpo.runs"), home.resolve("runs")).toString(),
            "LANPO_VAR",
            path(property.apply("lanpo.var"), home.resolve("var")).toString()));
  }

  /** Where the files of experiments are. */
  public Path configs() {
    return Path.of(String.valueOf(folders.get("LANPO_CONFIGS")));
  }

  /** Where the folders of experiments are; not itself a run's folder. */
  public Path experiments() {
    return Path.of(String.valueOf(folders.get(RUNS))).resolve("experiments");
  }

  /** The words that start a command. */
  List<String> command() {
    return List.of(home.resolve("bin").resolve("lanpo").toString());
  }

  private static Path path(@Nullable String value, Path otherwise) {
    return (value == null ? otherwise : Path.of(value)).toAbsolutePath().normalize();
  }
}
