package io.lanpo.it.paxexam;

import io.lanpo.runtime.Folders;
import io.lanpo.runtime.FrameworkProperties;
import io.lanpo.runtime.LaunchException;
import io.lanpo.runtime.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/**
 * The product as Pax Exam options: its bundles at their start levels, its framework properties, and
 * empty folders for what a test deploys, runs and keeps.
 */
public final class ProductOptions {
  private ProductOptions() {}

  /**
   * The product as the command line starts it.
   *
   * @param work a folder for this test alone; {@code deploy}, {@code runs} and {@code var} are made
   *     in it
   * @param configs the folder with the configurations
   * @param features what the product consists of, such as base, train, examples
   */
  public static List<Option> of(Path work, Path configs, Set<String> features)
      throws LaunchException {
    Folders built = Folders.of(home(), Map.of());
    Folders folders =
        new Folders(
            built.home(),
            built.product(),
            configs,
            folder(work, "deploy"),
            folder(work, "runs"),
            folder(work, "var"));
    try {
      ColdStarts.shareIn(folders.var());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> known = new HashMap<>(folders.properties());
    known.put("lanpo.cache", folder(work, "cache").toString());
    known.put("lanpo.debug", "false");
    List<Option> options = new ArrayList<>();
    Map<String, String> properties =
        FrameworkProperties.read(folders.product().resolve("framework.properties"), known);
    properties.forEach(
        (key, value) -> options.add(CoreOptions.frameworkProperty(key).value(value)));
    String level = properties.get(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
    options.add(CoreOptions.frameworkStartLevel(Integer.parseInt(level)));
    options.add(CoreOptions.systemProperty("lanpo.var").value(folders.var().toString()));
    Product product = Product.read(folders.product(), features, false);
    for (Product.Entry entry : product.entries()) {
      options.add(
          CoreOptions.bundle("reference:" + entry.jar().toUri())
              .startLevel(entry.startLevel())
              .start(!isLazy(entry.jar())));
    }
    return options;
  }

  /** Copies the configurations of the checkout, so that a test may add its own. */
  public static void copyConfigurations(Path configs) throws IOException {
    try (Stream<Path> files = Files.list(home().resolveSibling("configs"))) {
      for (Path file : files.toList()) {
        Files.copy(file, configs.resolve(file.getFileName()));
      }
    }
  }

  /** The {@code runtime} folder of this checkout. */
  public static Path home() {
    return Path.of(System.getProperty("lanpo.home", "../runtime")).toAbsolutePath().normalize();
  }

  /**
   * Pax Exam would start such a bundle at once, and with it load what it holds back; see {@link
   * PaxExamExtension}.
   */
  private static boolean isLazy(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String policy =
          file.getManifest().getMainAttributes().getValue(Constants.BUNDLE_ACTIVATIONPOLICY);
      return policy != null && policy.startsWith(Constants.ACTIVATION_LAZY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(Path work, String name) {
    try {
      return Files.createDirectories(work.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
