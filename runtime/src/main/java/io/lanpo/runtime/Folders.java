package io.lanpo.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where things are. All paths are absolute.
 *
 * @param home the {@code runtime} folder of the checkout or installation
 * @param product what the build put together: {@code product} in an installation, else {@code
 *     target/lanpo}
 * @param configs one file per run and per configured component
 * @param deploy bundles to start beside the product's
 * @param runs one folder per run
 * @param var logs, pools, caches that outlive a process
 */
public record Folders(Path home, Path product, Path configs, Path deploy, Path runs, Path var) {
  /**
   * The folders below a home, each but the product replaced by its environment variable if that is
   * set.
   */
  public static Folders of(Path home, Map<String, String> environment) {
    Path base = home.toAbsolutePath().normalize();
    Path installed = base.resolve("product");
    return new Folders(
        base,
        Files.isDirectory(installed) ? installed : base.resolve("target/lanpo"),
        choose(environment.get("LANPO_CONFIGS"), base.resolveSibling("configs")),
        choose(environment.get("LANPO_DEPLOY"), base.resolve("deploy")),
        choose(environment.get("LANPO_RUNS"), base.resolve("runs")),
        choose(environment.get("LANPO_VAR"), base.resolve("var")));
  }

  private static Path choose(@Nullable String override, Path standard) {
    return override == null || override.isBlank()
        ? standard
        : Path.of(override).toAbsolutePath().normalize();
  }

  /** The folders as framework properties. */
  public Map<String, String> properties() {
    return Map.of(
        "lanpo.home", home.toString(),
        "lanpo.configs", configs.toString(),
        "lanpo.deploy", deploy.toString(),
        "lanpo.runs", runs.toString(),
        "lanpo.var", var.toString());
  }
}
