package io.lanpo.it.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/** The project's own bundles and the launcher, as they are in the product folder. */
final class BuiltBundles {
  private BuiltBundles() {}

  /**
   * A built bundle.
   *
   * @param classes names of all its classes, inner and package-info included
   */
  record Built(String name, Attributes manifest, List<String> classes) {
    /** The package names of a manifest header, without attributes. */
    List<String> packages(String header) {
      String value = manifest.getValue(header);
      if (value == null) {
        return List.of();
      }
      // commas inside quotes belong to version ranges and uses directives
      String plain = value.replaceAll("\"[^\"]*\"", "");
      return Stream.of(plain.split(",", -1))
          .map(clause -> clause.replaceAll(";.*", "").strip())
          .toList();
    }
  }

  /** The jars with the project's own code. */
  static List<Path> jars() {
    Path product = ProductOptions.home().resolve("target/lanpo");
    try (Stream<Path> files = Files.walk(product)) {
      return files
          .filter(f -> f.getFileName().toString().matches("(io\\.lanpo\\..*|launcher)\\.jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the product is not built", e);
    }
  }

  static List<Built> bundles() {
    List<Built> bundles = new ArrayList<>();
    for (Path path : jars()) {
      try (JarFile jar = new JarFile(path.toFile())) {
        Attributes manifest = jar.getManifest().getMainAttributes();
        String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name != null) {
          bundles.add(new Built(name, manifest, classes(jar)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bundles;
  }

  private static List<String> classes(JarFile jar) {
    return jar.stream()
        .map(entry -> entry.getName())
        .filter(entry -> entry.endsWith(".class"))
        .map(entry -> entry.replace('/', '.').replaceAll("\\.class$", ""))
        .toList();
  }

  /** All classes of the project, with what they use. */
  static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(location -> location.contains("/io/lanpo/"))
        .importLocations(
            jars().stream()
                .map(jar -> Location.of(URI.create("jar:" + jar.toUri() + "!/")))
                .toList());
  }
}
