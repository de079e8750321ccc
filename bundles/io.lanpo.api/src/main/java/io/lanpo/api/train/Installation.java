package io.lanpo.api.train;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the platform lives.
 *
 * @param home folder of the installation
 * @param configs folder of the configurations
 * @param deploy folder for bundles beside the product's
 * @param runs folder of the runs
 * @param var folder for what the platform writes apart from runs
 */
public record Installation(Path home, Path configs, Path deploy, Path runs, Path var) {
  /**
   * Reads the properties that the launcher sets: {@code lanpo.home}, {@code lanpo.configs} and so
   * on.
   *
   * @param property a framework property by its name
   */
  public static Installation of(Function<String, @Nullable String> property) {
    Path home = path(property.apply("lanpo.home"), Path.of("runtime"));
    return new Installation(
        home,
        path(property.apply("lanpo.configs"), home.resolveSibling("configs")),
        path(property.apply("lanpo.deploy"), home.resolve("deploy")),
        path(property.apply("lanpo.runs"), home.resolve("runs")),
        path(property.apply("lanpo.var"), home.resolve("var")));
  }

  /** Folder of the pools that runs share. */
  public Path sharedPools() {
    return var.resolve("pools");
  }

  /** The log file, as the platform's logging is configured. */
  public Path log() {
    return var.resolve("log").resolve("lanpo.log");
  }

  private static Path path(@Nullable String value, Path otherwise) {
    return (value == null ? otherwise : Path.of(value)).toAbsolutePath().normalize();
  }
}
