package io.lanpo.runtime.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The build step: {@code Assembly FEATURES DEPENDENCY-LIST LAUNCHER-JAR PRODUCT LEFT-OUT}, where
 * LEFT-OUT names a feature that this build has no bundles for, or none. The product folder gets
 * {@code lib/} (launcher and framework), {@code bundles/LEVEL-FEATURE[-interactive]/} and, last of
 * all, the file {@code built}.
 */
public final class Assembly {
  private Assembly() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 5) {
      throw new AssemblyException(
          "expected FEATURES DEPENDENCY-LIST LAUNCHER-JAR PRODUCT LEFT-OUT");
    }
    Map<Path, String> files =
        ProductPlan.of(
            new FeatureFiles().read(Path.of(args[0]), args[4]),
            DeclaredBundles.read(Path.of(args[1])));
    Path launcher = Path.of(args[2]);
    if (!Files.isRegularFile(launcher)) {
      throw new AssemblyException("the launcher " + launcher + " is missing");
    }
    Path product = Path.of(args[3]);
    Files.deleteIfExists(product.resolve("built"));
    delete(product.resolve("lib"));
    delete(product.resolve("bundles"));
    copy(launcher, product.resolve("lib/launcher.jar"));
    for (Map.Entry<Path, String> file : files.entrySet()) {
      copy(file.getKey(), product.resolve(file.getValue()));
    }
    Files.createFile(product.resolve("built"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /**
   * Removes files rather than overwriting them: a framework that runs keeps the ones it has open.
   */
  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
