package io.lanpo.shell.service;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the platform lives.
 *
 * @param version version of the command line's bundle
 * @param home folder of the installation
 * @param var folder for what the platform writes apart from runs
 * @param deploy folder for bundles beside the product's
 */
public record Installation(String version, Path home, Path var, Path deploy) {
  /**
   * Reads the properties that the launcher sets, {@code lanpo.home}, {@code lanpo.var} and {@code
   * lanpo.deploy}.
   *
   * @param property a framework property by its name
   */
  public static Installation of(String version, UnaryOperator<@Nullable String> property) {
    String given = property.apply("lanpo.home");
    Path home = Path.of(given == null ? "" : given).toAbsolutePath();
    String var = property.apply("lanpo.var");
    String deploy = property.apply("lanpo.deploy");
    return new Installation(
        version,
        home,
        var == null ? home.resolve("var") : Path.of(var),
        deploy == null ? home.resolve("deploy") : Path.of(deploy));
  }

  /** The log file, as the platform's logging is configured. */
  public Path log() {
    return var.resolve("log").resolve("lanpo.log");
  }

  /** Folder of the pools that runs share. */
  public Path sharedPools() {
    return var.resolve("pools");
  }

  /** Folder of a pool that runs share. */
  public Path sharedPool(String name) {
    return sharedPools().resolve(name);
  }
}
