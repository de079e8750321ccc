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
import java.util.NoSuchElementException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/** The project's own bundles and the launcher, as they were built. */
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

  /** The checkout. */
  static Path root() {
    return ProductOptions.home().getParent();
  }

  /** Names of the folders under {@code bundles/}. */
  static List<String> folders() {
    try (Stream<Path> folders = Files.list(root().resolve("bundles"))) {
      return folders
          .filter(f -> Files.exists(f.resolve("pom.xml")))
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jars with the project's own code: one a folder, and the launcher. */
  static List<Path> jars() {
    List<Path> jars = new ArrayList<>();
    for (String name : folders()) {
      Path target = root().resolve("bundles").resolve(name).resolve("target");
      jars.add(only(target, Pattern.quote(name) + "-\\d[\\w.-]*(?<!-sources|-javadoc)\\.jar"));
    }
    jars.add(only(root().resolve("runtime/target/lanpo/lib"), "launcher\\.jar"));
    return jars;
  }

  private static Path only(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().matches(name)).findFirst().orElseThrow();
    } catch (IOException | NoSuchElementException e) {
      throw new IllegalStateException(folder + " holds no " + name + ": is it built?", e);
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
