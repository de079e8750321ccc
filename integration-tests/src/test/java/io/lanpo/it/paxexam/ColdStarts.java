package io.lanpo.it.paxexam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Cold starts that all test classes of a build share, in whatever process: the first that needs one
 * computes it. A later build computes them again, as it may round differently.
 */
public final class ColdStarts {
  private ColdStarts() {}

  /**
   * Has a platform take its cold starts from those that are shared.
   *
   * @param var the platform's folder {@code var}; it is made
   */
  public static void shareIn(Path var) throws IOException {
    String build = System.getProperty("lanpo.it.build", "by hand");
    Path shared = Path.of("target", "cold-starts", build.replaceAll("\\W", "-")).toAbsolutePath();
    Files.createDirectories(shared);
    Path link = Files.createDirectories(var).resolve("cold-starts");
    if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(link, shared);
    }
  }
}
