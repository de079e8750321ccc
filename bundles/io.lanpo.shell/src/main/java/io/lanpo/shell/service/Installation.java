package io.lanpo.shell.service;

import java.nio.file.Path;
import java.util.Objects;
import org.osgi.framework.BundleContext;

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
   * @param context of the command line's bundle
   */
  public static Installation of(BundleContext context) {
    Path home = Path.of(property(context, "lanpo.home", "")).toAbsolutePath();
    return new Installation(
        context.getBundle().getVersion().toString(),
        home,
        Path.of(property(context, "lanpo.var", home.resolve("var").toString())),
        Path.of(property(context, "lanpo.deploy", home.resolve("deploy").toString())));
  }

  private static String property(BundleContext context, String name, String otherwise) {
    return Objects.requireNonNullElse(context.getProperty(name), otherwise);
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
