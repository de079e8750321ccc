package io.lanpo.assembly;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The product folder: {@code lib/} (launcher and framework), {@code
 * bundles/LEVEL-FEATURE[-interactive]/}, {@code framework.properties} and, written last of all, the
 * file {@code built} with the names of the features. The launcher finds everything by the names of
 * folders: reading the features at every start would take a tenth of a second.
 */
final class Assembly {
  private static final String BUILT = "built";

  private Assembly() {}

  /** The features that a product consists of; none where none is built. */
  static List<String> features(Path product) throws IOException {
    Path built = product.resolve(BUILT);
    return Files.isRegularFile(built) ? Files.readAllLines(built) : List.of();
  }

  /** Writes the product over one that may be there. */
  static void write(ProductPlan plan, Path launcher, Path product) throws IOException {
    Files.deleteIfExists(product.resolve(BUILT));
    delete(product.resolve("lib"));
    delete(product.resolve("bundles"));
    copy(launcher, product.resolve("lib/launcher.jar"));
    for (Map.Entry<Path, String> file : plan.files().entrySet()) {
      copy(file.getKey(), product.resolve(file.getValue()));
    }
    Properties properties = new Properties();
    properties.putAll(plan.features().launchProperties());
    StringWriter text = new StringWriter();
    properties.store(text, null);
    // without the date, which would make every build another one
    List<String> lines = text.toString().lines().filter(l -> l.charAt(0) != '#').sorted().toList();
    Files.write(product.resolve("framework.properties"), lines);
    Files.write(product.resolve(BUILT), plan.features().names());
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
