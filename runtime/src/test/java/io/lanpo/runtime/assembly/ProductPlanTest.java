package io.lanpo.runtime.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.runtime.assembly.DeclaredBundles.Declared;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The assembly reads features and a dependency list as the build does, and refuses every
 * disagreement.
 */
final class ProductPlanTest {
  @TempDir Path folder;
  private Path features;
  private final List<String> dependencies = new ArrayList<>();

  @BeforeEach
  void twoBundlesThatAgree() throws IOException {
    features = Files.createDirectories(folder.resolve("features"));
    feature(
        "base",
        "{\"id\": \"g:framework:7\", \"start-level\": 0}, {\"id\": \"g:one:1.0\", \"start-level\": 3}");
    dependencies.add(resolved("g:framework:jar:7:compile", jar("framework", true)));
    dependencies.add(resolved("g:one:jar:1.0:runtime", jar("one", true)));
  }

  @Test
  void everyBundleGoesToTheFolderOfItsLevelFeatureAndMode() throws IOException {
    feature(
        "train",
        "{\"id\": \"h:two:2.0-SNAPSHOT\", \"start-level\": 40, \"mode\": \"interactive\"}");
    dependencies.add(resolved("h:two:jar:2.0-SNAPSHOT:runtime", jar("two", true)));
    assertEquals(
        List.of(
            "bundles/03-base/one-1.0.jar",
            "bundles/40-train-interactive/two-2.0-SNAPSHOT.jar",
            "lib/framework-7.jar"),
        plan().values().stream().sorted().toList());
  }

  @Test
  void aFeatureThatIsLeftOutNeedsNoBundles() throws IOException {
    feature("bench", "{\"id\": \"h:two:2\", \"start-level\": 4}");
    assertEquals(
        List.of("bundles/03-base/one-1.0.jar", "lib/framework-7.jar"),
        plan().values().stream().sorted().toList());
  }

  @Test
  void aListedBundleThatThePomDoesNotDeclare() throws IOException {
    feature("train", "{\"id\": \"h:two:2\", \"start-level\": 4}");
    refuses("features/train.feature.json lists h:two:2, but runtime/pom.xml does not declare it");
  }

  @Test
  void aDeclaredBundleThatNoFeatureLists() throws IOException {
    dependencies.add(resolved("h:two:jar:2:runtime", jar("two", true)));
    refuses("runtime/pom.xml declares h:two:2, but no feature lists it");
  }

  @Test
  void differentVersions() throws IOException {
    dependencies.set(1, resolved("g:one:jar:1.1:runtime", jar("one", true)));
    refuses(
        "features/base.feature.json lists g:one:1.0, but runtime/pom.xml resolves it to version 1.1");
  }

  @Test
  void aFileThatIsNotThere() throws IOException {
    dependencies.set(1, resolved("g:one:jar:1.0:runtime", folder.resolve("gone.jar")));
    refuses("lists g:one:1.0, but its file " + folder.resolve("gone.jar") + " is missing");
  }

  @Test
  void aJarThatIsNoBundle() throws IOException {
    dependencies.set(1, resolved("g:one:jar:1.0:runtime", jar("plain", false)));
    refuses("lists g:one:1.0, but its jar is not an OSGi bundle");
  }

  @Test
  void aBundleInTwoFeatures() throws IOException {
    feature("train", "{\"id\": \"g:one:1.0\", \"start-level\": 4}");
    refuses(
        "features/train.feature.json lists g:one:1.0, which features/base.feature.json lists too");
  }

  @Test
  void aBundleWithoutStartLevel() throws IOException {
    feature("train", "{\"id\": \"h:two:2\"}");
    AssemblyException e = assertThrows(AssemblyException.class, this::plan);
    assertEquals(
        features.resolve("train.feature.json")
            + ": h:two:2 has no start-level (a number from 0 to 99)",
        e.getMessage());
  }

  @Test
  void allProblemsAreNamedAtOnce() throws IOException {
    feature(
        "train",
        "{\"id\": \"h:two:2\", \"start-level\": 4}, {\"id\": \"h:three:3\", \"start-level\": 4}");
    refuses("h:two:2");
    refuses("h:three:3");
  }

  private void refuses(String sentence) {
    AssemblyException e = assertThrows(AssemblyException.class, this::plan);
    assertTrue(String.valueOf(e.getMessage()).contains(sentence), e.getMessage());
  }

  private Map<Path, String> plan() throws IOException {
    Path list = folder.resolve("list.txt");
    Files.writeString(
        list,
        "\nThe following files have been resolved:\n" + String.join("\n", dependencies) + "\n");
    Map<String, Declared> declared = DeclaredBundles.read(list);
    return new TreeMap<>(ProductPlan.of(new FeatureFiles().read(features, "bench"), declared));
  }

  private void feature(String name, String bundles) throws IOException {
    Files.writeString(
        features.resolve(name + ".feature.json"),
        """
        {
          "feature-resource-version": "1.0",
          "id": "test:%s:1",
          // comments are allowed
          "bundles": [%s]
        }
        """
            .formatted(name, bundles));
  }

  private static String resolved(String coordinates, Path jar) {
    return "   " + coordinates + ":" + jar + " -- module some.name (auto)";
  }

  private Path jar(String name, boolean bundle) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (bundle) {
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    }
    Path file = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    return file;
  }
}
