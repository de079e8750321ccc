package io.lanpo.deploy.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Looks at a jar before the framework does. */
public final class Jars {
  private Jars() {}

  /**
   * Refuses what is no bundle.
   *
   * @throws Refusal for a file that is not a whole jar, or a jar without a bundle's manifest
   */
  public static void check(Path jar) throws Refusal {
    Manifest manifest;
    try (JarFile file = new JarFile(jar.toFile())) {
      manifest = file.getManifest();
    } catch (IOException e) {
      throw new Refusal(
          "it is not a whole jar (%s)".formatted(e.getMessage()),
          "If it is still being copied, wait; otherwise build it again.");
    }
    Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
    if (headers.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
      throw new Refusal(
          "it is a jar, but no bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME,
          "Build it with the bnd-maven-plugin, as io.lanpo.example.strategy does.");
    }
  }
}
